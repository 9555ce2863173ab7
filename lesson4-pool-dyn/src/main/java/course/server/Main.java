package course.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: reads the options, runs the server, closes it on Ctrl-C. */
@Command(
    name = "server",
    description = "Answers each line with the same line.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class Main implements Callable<Integer> {
  @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on")
  private String host;

  @Option(names = "--port", defaultValue = "9090", description = "port, 0 for any free one")
  private int port;

  @Option(names = "--work", defaultValue = "1s", description = "time one message takes: 1s, 0s-2s")
  private Work work;

  @Option(names = "--handlers", defaultValue = "3", description = "handlers in the pool")
  private int handlers;

  @Option(names = "--quiet", description = "print no line per message")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var server = new Server(new InetSocketAddress(host, port), work, quiet, handlers)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      System.out.println("listening on " + host + ":" + server.port());
      server.acceptConnections();
    }
    return 0;
  }

  public static void main(String[] args) {
    var main = new Main();
    var commandLine = new CommandLine(main);
    commandLine.registerConverter(Work.class, Work::lasting);
    commandLine.setParameterExceptionHandler((e, _) -> fail("server", e));
    commandLine.setExecutionExceptionHandler(
        (e, _, _) -> fail("server at " + main.host + ":" + main.port, e));
    System.exit(commandLine.execute(args));
  }

  private static int fail(String who, Exception e) {
    System.err.println(who + ": " + e.getMessage() + "; see --help");
    return 2;
  }
}
