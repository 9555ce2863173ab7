package course.interleave.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.interleave.InterleavingError;
import course.interleave.Interleavings;
import course.interleave.Scenario;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All samples, and a program that explores each many times: {@code --rounds N} of all that have
 * {@code --only TEXT} in their name.
 */
public final class Catalogue {
  static final List<Sample> SAMPLES =
      Stream.of(
              Counting.samples(),
              Collecting.samples(),
              Publishing.samples(),
              Waiting.samples(),
              Locking.samples(),
              Pooling.samples(),
              Connecting.samples())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** Explores all, and prints a table row for each. */
  public static void main(String[] args) {
    int rounds = Integer.parseInt(option(args, "--rounds", "1"));
    String only = option(args, "--only", "");
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    out.println("| bug | found | false alarms | median | longest |");
    out.println("| --- | --- | --- | --- | --- |");
    for (Sample sample : SAMPLES) {
      if (sample.name().contains(only)) {
        out.println(row(sample, rounds));
      }
    }
    System.exit(0); // whatever threads the bugs have left
  }

  private static String option(String[] args, String name, String otherwise) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? otherwise : args[at + 1];
  }

  private static String row(Sample sample, int rounds) {
    var broken = new Rounds(sample.interleavings(), sample.broken(), rounds);
    var fixed = new Rounds(sample.interleavings(), sample.fixed(), rounds);
    String alarm =
        fixed.failures == 0 ? "" : " `" + fixed.last.lines().findFirst().orElse("") + "`";
    return "| %s | %d of %d | %d of %d%s | %.1f s | %.1f s |"
        .formatted(
            sample,
            broken.failures,
            rounds,
            fixed.failures,
            rounds,
            alarm,
            (broken.median() + fixed.median()) / 2,
            Math.max(broken.longest(), fixed.longest()));
  }

  private static final class Rounds {
    private final List<Double> seconds = new ArrayList<>();
    private int failures;
    private String last;

    Rounds(Interleavings interleavings, Scenario scenario, int rounds) {
      for (int i = 0; i < rounds; i++) {
        long began = System.nanoTime();
        try {
          interleavings.explore(scenario);
        } catch (InterleavingError e) {
          failures++;
          last = e.getMessage();
        }
        seconds.add((System.nanoTime() - began) / 1e9);
      }
      seconds.sort(null);
    }

    double median() {
      return seconds.get(seconds.size() / 2);
    }

    double longest() {
      return seconds.getLast();
    }
  }
}
