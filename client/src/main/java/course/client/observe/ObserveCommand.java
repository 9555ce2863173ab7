package course.client.observe;

import course.client.Durations;
import course.client.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code observe}. */
@Command(
    name = "observe",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Sends a burst to any line-echo server and names how it handles messages.")
public final class ObserveCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;

  @Option(
      names = "--messages",
      defaultValue = "8",
      description = "in the burst, 1 to " + Burst.MOST_MESSAGES + "; default ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--patience",
      defaultValue = "10s",
      converter = Durations.class,
      description = "how long to wait for the next reply; default ${DEFAULT-VALUE}")
  private Duration patience;

  @Spec private CommandSpec spec;

  /** Returns 0 if each message was answered right, 1 if not. */
  @Override
  public Integer call() {
    check(
        messages >= 1 && messages <= Burst.MOST_MESSAGES,
        "--messages must be 1 to " + Burst.MOST_MESSAGES);
    Timeline timeline;
    try {
      timeline = observe(new InetSocketAddress(server.host(), server.port()));
    } catch (IOException e) {
      spec.commandLine().getErr().println(server.notThere(e));
      return 1;
    }
    Verdict verdict = Verdict.of(timeline);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s to %s in one write%n%n", Words.count(messages, "message"), server);
    out.printf("%s%n", Chart.of(timeline, System.out.charset()));
    out.println(verdict.summary());
    verdict.complaints().forEach(out::println);
    out.flush();
    return verdict.allWell() ? 0 : 1;
  }

  private void check(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** A second look only where the first leaves a doubt: it costs the time of one message. */
  private Timeline observe(InetSocketAddress address) throws IOException {
    Timeline timeline = Burst.send(address, messages, patience, _ -> {});
    return Pattern.of(timeline) instanceof Pattern.AllAtOnce
        ? timeline.withAlone(alone(address))
        : timeline;
  }

  private Optional<Duration> alone(InetSocketAddress address) {
    try {
      Timeline timeline = Burst.send(address, 1, patience, _ -> {});
      return timeline.answers().stream().map(Timeline.Reply::at).findFirst();
    } catch (IOException _) {
      return Optional.empty(); // a server for one connection only
    }
  }
}
