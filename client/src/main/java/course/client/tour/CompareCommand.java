package course.client.tour;

import course.client.Durations;
import course.client.Limits;
import course.client.load.LoadCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line of {@code compare}: the load of {@code load} on each lesson's server in turn,
 * several times over, so that a moment when the machine is busy hits all of them alike.
 */
@Command(
    name = "compare",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Puts the same load on each lesson's server and shows which answers how many.")
public final class CompareCommand implements Callable<Integer> {
  private static final Duration TO_START = Duration.ofSeconds(30);

  @Mixin private CourseOption course;

  @Option(
      names = "--connections",
      paramLabel = "C",
      defaultValue = "50",
      converter = Limits.Count.class,
      description = "at once, " + Limits.COUNT + " (default: ${DEFAULT-VALUE})")
  private int connections;

  @Option(
      names = "--depth",
      paramLabel = "D",
      defaultValue = "16",
      converter = Limits.Count.class,
      description = "messages in flight on each, " + Limits.COUNT + " (default: ${DEFAULT-VALUE})")
  private int depth;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = Durations.Positive.class,
      description =
          "of each measurement, " + Durations.Positive.LIMITS + " (default: ${DEFAULT-VALUE})")
  private Duration duration;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      converter = Limits.Rounds.class,
      description =
          "measurements of each server, " + Limits.ROUNDS + " (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--handlers",
      paramLabel = "N",
      defaultValue = "20",
      converter = Limits.Count.class,
      description = "that a pool starts with, " + Limits.COUNT + " (default: ${DEFAULT-VALUE})")
  private int handlers;

  @Spec private CommandSpec spec;

  /** One server and what was measured of it. */
  private record Runner(Lesson lesson, ServerProcess server, List<JsonNode> results) {
    /** The middle one of all rounds by throughput, which no outlier moves. */
    JsonNode median() {
      return results.stream()
          .sorted((a, b) -> Double.compare(throughput(a), throughput(b)))
          .toList()
          .get(results.size() / 2);
    }

    static double throughput(JsonNode result) {
      return result.get("messagesPerSecond").asDouble();
    }
  }

  /** Returns 0 if every message was answered. */
  @Override
  public Integer call() throws IOException {
    var runners = new ArrayList<Runner>();
    try (var classes = new LessonClasses()) {
      for (Lesson lesson : course.lessons()) {
        var command = new ArrayList<>(lesson.command(classes.of(lesson), "0ms", handlers));
        command.add("--quiet");
        runners.add(new Runner(lesson, ServerProcess.start(command, TO_START), new ArrayList<>()));
      }
      for (int round = 1; round <= rounds; round++) {
        for (Runner runner : runners) {
          runner.results().add(load(runner));
        }
      }
    } finally {
      runners.forEach(runner -> runner.server().close());
    }
    print(runners);
    return 0;
  }

  private JsonNode load(Runner runner) throws IOException {
    var json = new StringWriter();
    var errors = new StringWriter();
    int status =
        new CommandLine(new LoadCommand())
            .setOut(new PrintWriter(json))
            .setErr(new PrintWriter(errors))
            .setExecutionExceptionHandler((e, _, _) -> complain(e, errors))
            .execute(
                "--json",
                "--host=" + runner.server().address().getHostString(),
                "--port=" + runner.server().address().getPort(),
                "--connections=" + connections,
                "--depth=" + depth,
                "--warmup=" + duration.toMillis() + "ms",
                "--duration=" + duration.toMillis() + "ms");
    if (status != 0) {
      throw new IOException(runner.lesson().title() + ": " + errors);
    }
    return JsonMapper.shared().readTree(json.toString());
  }

  private static int complain(Exception e, StringWriter errors) {
    errors.write(e.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private void print(List<Runner> runners) {
    PrintWriter out = spec.commandLine().getOut();
    double first = Runner.throughput(runners.getFirst().median());
    out.printf("%-28s  %12s  %9s  %12s%n", "lesson", "messages/s", "to first", "p99 in us");
    for (Runner runner : runners) {
      JsonNode median = runner.median();
      out.printf(
          Locale.ROOT,
          "%-28s  %,12.0f  %9.2f  %,12.0f%n",
          runner.lesson().title(),
          Runner.throughput(median),
          Runner.throughput(median) / first,
          median.get("latencyMicros").get("p99").asDouble());
    }
    out.flush();
  }
}
