package course.client;

import course.client.load.LoadCommand;
import course.client.observe.ObserveCommand;
import course.client.tour.CompareCommand;
import course.client.tour.TourCommand;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The client's command line. Without a subcommand it sends numbers, or what is typed. */
@Command(
    name = "client",
    sortOptions = false,
    description =
        "Sends 1, 2, 3 ... to a line-echo server and prints the replies as they come, until the "
            + "server ends or Ctrl-C. With several clients, 2.7 is client 2's message 7.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every message was answered",
      "1:the server was not there, went away or answered wrongly",
      "2:unusable options"
    },
    subcommands = {
      ObserveCommand.class,
      LoadCommand.class,
      TourCommand.class,
      CompareCommand.class
    })
public final class Main implements Callable<Integer> {
  private static final long NO_END = Long.MAX_VALUE;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec command;
  @Mixin private ServerOptions server;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  boolean help;

  @Option(
      names = "--clients",
      paramLabel = "N",
      converter = Limits.Count.class,
      description = "clients at once, " + Limits.COUNT + " (default: 1)")
  private Integer clients;

  @Option(
      names = "--messages",
      paramLabel = "M",
      converter = Limits.Count.class,
      description =
          "messages per client, " + Limits.COUNT + "; then waits for the rest of the replies")
  private Integer messages;

  @Option(
      names = "--every",
      paramLabel = "D",
      converter = Durations.class,
      description = "pause between a client's messages, " + Durations.LIMITS + " (default: 1s)")
  private Duration every;

  @Option(names = "--interactive", description = "sends the lines of the standard input instead")
  private boolean interactive;

  private Main(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    var transcript = new Transcript(out, !interactive);
    var all =
        new Clients(server, interactive ? typing(transcript) : counting(transcript), out, err);
    // Ctrl-C: print how far it got. The hook runs at every end of the JVM, so whichever of the two
    // comes first prints, and the other doesn't.
    var reported = new AtomicBoolean();
    var onSignal =
        new Thread(() -> {
          if (reported.compareAndSet(false, true)) {
            transcript.end();
            all.reportStopped();
          }
        });
    Runtime.getRuntime().addShutdownHook(onSignal);
    all.run();
    if (!reported.compareAndSet(false, true)) {
      return 1; // unseen: the JVM is on its way out
    }
    return all.report();
  }

  private void check() {
    if (interactive && (clients != null || messages != null || every != null)) {
      throw new ParameterException(
          command.commandLine(), "--interactive goes without --clients, --messages and --every");
    }
  }

  private List<Client> typing(Transcript transcript) {
    return List.of(new Client(server, new InputSource(in), new Tally(Tally.UNKNOWN), transcript));
  }

  private List<Client> counting(Transcript transcript) {
    int count = clients == null ? 1 : clients;
    var pause = every == null ? Duration.ofSeconds(1) : every;
    return IntStream.rangeClosed(1, count)
        .mapToObj(i ->
            new Client(
                server,
                new NumberSource(
                    count == 1 ? "" : i + ".", messages == null ? NO_END : messages, pause),
                new Tally(messages == null ? Tally.UNKNOWN : messages),
                transcript))
        .toList();
  }

  /**
   * Runs a command line in this JVM.
   *
   * @return its exit status
   */
  static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
    return commandLine(in, out, err).execute(args);
  }

  /** The command line with all its commands. */
  static CommandLine commandLine(InputStream in, PrintStream out, PrintStream err) {
    return new CommandLine(new Main(in, out, err))
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setParameterExceptionHandler((e, _) -> complain(e.getCommandLine(), e.getMessage(), 2))
        .setExecutionExceptionHandler((e, command, _) ->
            complain(command, e.getMessage() == null ? "" + e : e.getMessage(), 1))
        .setExecutionStrategy(Main::execute);
  }

  /** Options in front of a command would be read, and then do nothing: the command has its own. */
  private static int execute(ParseResult line) {
    boolean ignored = line.hasSubcommand() && !line.isUsageHelpRequested();
    if (ignored && !line.matchedOptions().isEmpty()) {
      throw new ParameterException(
          line.commandSpec().commandLine(),
          "%s stands before %s: write it after, if %2$s has it"
              .formatted(
                  line.matchedOptions().getFirst().longestName(),
                  line.subcommand().commandSpec().name()));
    }
    return new CommandLine.RunLast().execute(line);
  }

  /** One line, whatever went wrong. */
  private static int complain(CommandLine command, String message, int status) {
    command
        .getErr()
        .println(message.lines().findFirst().orElse("") + (status == 2 ? " (try --help)" : ""));
    return status;
  }

  /** Runs the client and ends the JVM with its exit status. */
  public static void main(String[] args) {
    System.exit(run(System.in, System.out, System.err, args));
  }
}
