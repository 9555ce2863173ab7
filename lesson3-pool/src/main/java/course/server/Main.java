package course.server;

import course.common.Options;
import course.common.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The command line: reads the options, runs the server, closes it on Ctrl-C. */
final class Main {
  private static final String HELP =
      """
      Usage: server [OPTION]...
      Answers each line with the same line.
        --host 127.0.0.1  address to listen on
        --port 9090       port, 0 for any free one
        --work 1s         time one message takes: 250ms, 2s, or random as in 0s-2s
        --handlers 3      handlers that the pool starts with
        --quiet           print no line per message
        --help            print this
      """;

  public static void main(String[] args) throws InterruptedException {
    String who = "server";
    try {
      var options = new Options(HELP, args);
      if (options.given("--help")) {
        System.out.print(HELP);
        return;
      }
      String host = options.text("--host");
      int port = options.number("--port", 0, 65_535);
      var work = Work.lasting(options.text("--work"));
      int size = options.number("--handlers", 1, 10_000);
      who = "server at " + host + ":" + port;
      var address = new InetSocketAddress(InetAddress.getByName(host), port);
      try (var server = new Server(address, work, options.given("--quiet"), new Handlers(size))) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        System.out.println("listening on " + host + ":" + server.port());
        server.acceptConnections();
      }
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(who + ": " + e.getMessage() + "; see --help");
      System.exit(2);
    }
  }
}
