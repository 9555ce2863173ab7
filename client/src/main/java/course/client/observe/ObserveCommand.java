package course.client.observe;

import course.client.Durations;
import course.client.Limits;
import course.client.ServerOptions;
import course.client.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code observe}. */
@Command(
    name = "observe",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Sends a burst to any line-echo server and names how it handles messages.")
public final class ObserveCommand implements Callable<Integer> {
  /** Where replies don't come one at a time, their order may be by chance: so look again. */
  private static final int FURTHER_LOOKS = 2;

  /** Three times this is as long as anyone waits. */
  private static final Duration LONGEST_TO_REPEAT = Duration.ofSeconds(5);

  @Mixin private ServerOptions server;

  @Option(
      names = "--messages",
      paramLabel = "M",
      defaultValue = "8",
      converter = Limits.Burst.class,
      description = "in the burst, " + Limits.BURST + " (default: ${DEFAULT-VALUE})")
  private int messages;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Durations.Positive.class,
      description =
          "how long to wait for the next reply, "
              + Durations.Positive.LIMITS
              + " (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Spec private CommandSpec spec;

  /** Returns 0 if each message was answered right, 1 if not. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String title = "%s to %s in one write".formatted(Words.count(messages, "message"), server);
    var chart = new LiveChart(out, System.out.charset(), Terminal.redraws(), messages, title);
    var onCtrlC = new Thread(chart::stop);
    Runtime.getRuntime().addShutdownHook(onCtrlC);
    try {
      Verdict verdict = observe(new InetSocketAddress(server.host(), server.port()), chart);
      var words = new ArrayList<>(List.of(verdict.summary()));
      words.addAll(verdict.complaints());
      chart.finish(words);
      return verdict.allWell() ? 0 : 1;
    } catch (IOException e) {
      spec.commandLine().getErr().println(server.notThere(e));
      return 1;
    } finally {
      forget(onCtrlC);
    }
  }

  private static void forget(Thread onCtrlC) {
    try {
      Runtime.getRuntime().removeShutdownHook(onCtrlC);
    } catch (IllegalStateException _) {
      // Ctrl-C came: it runs already
    }
  }

  /** Further looks only where the first leaves a doubt: they cost the time of a burst each. */
  private Verdict observe(InetSocketAddress address, LiveChart chart) throws IOException {
    Timeline first = Burst.send(address, messages, patience, chart);
    Verdict verdict = Verdict.of(first);
    chart.ended(verdict.missing());
    if (verdict.pattern() instanceof Pattern.AllAtOnce) {
      verdict = Verdict.of(first, alone(address));
    }
    if (!verdict.orderMayVary() || first.total().compareTo(LONGEST_TO_REPEAT) > 0) {
      return verdict;
    }
    chart.note("the same twice more, for the order …");
    return verdict.with(again(address));
  }

  private Optional<Duration> alone(InetSocketAddress address) {
    try {
      Timeline timeline = Burst.send(address, 1, patience, _ -> {});
      return timeline.answers().stream().map(Timeline.Reply::at).findFirst();
    } catch (IOException _) {
      return Optional.empty(); // a server for one connection only
    }
  }

  private List<Timeline> again(InetSocketAddress address) {
    var looks = new ArrayList<Timeline>();
    try {
      while (looks.size() < FURTHER_LOOKS) {
        looks.add(Burst.send(address, messages, patience, _ -> {}));
      }
    } catch (IOException _) {
      // a server for one connection only: fewer looks have to do
    }
    return looks;
  }
}
