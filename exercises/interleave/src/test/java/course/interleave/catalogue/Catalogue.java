package course.interleave.catalogue;

import course.interleave.Interleavings;
import course.interleave.InterleavingError;
import course.interleave.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * All samples, and a program that explores each many times: {@code --rounds N} of all that have
 * {@code --only TEXT} in their name.
 */
public final class Catalogue {
  static final List<Sample> SAMPLES =
      Stream.of(
              Counting.SAMPLES,
              Collecting.SAMPLES,
              Publishing.SAMPLES,
              Waiting.SAMPLES,
              Locking.SAMPLES,
              Pooling.SAMPLES,
              Connecting.SAMPLES)
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** Explores all, and prints what was found and missed. */
  public static void main(String[] args) {
    List<String> words = Arrays.asList(args);
    int rounds = words.contains("--rounds") ? Integer.parseInt(words.get(words.indexOf("--rounds") + 1)) : 1;
    String only = words.contains("--only") ? words.get(words.indexOf("--only") + 1) : "";
    var out = System.out;
    System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    for (Sample sample : SAMPLES) {
      if (!sample.name().contains(only)) {
        continue;
      }
      int found = 0;
      int alarms = 0;
      var times = new ArrayList<Long>();
      var twinTimes = new ArrayList<Long>();
      String note = "";
      for (int i = 0; i < rounds; i++) {
        long t = System.nanoTime();
        String r = explore(sample.interleavings(), sample.broken());
        if (r != null) found++;
        times.add(System.nanoTime() - t);
        t = System.nanoTime();
        r = explore(sample.interleavings(), sample.fixed());
        if (r != null) {
          alarms++;
          note = r;
        }
        twinTimes.add(System.nanoTime() - t);
      }
      times.sort(null);
      twinTimes.sort(null);
      out.printf(
          "%-45s found %3d/%d  alarms %d  median %5d ms max %5d   twin median %5d max %5d%s%n",
          sample.name(), found, rounds, alarms,
          times.get(rounds / 2) / 1000000, times.getLast() / 1000000,
          twinTimes.get(rounds / 2) / 1000000, twinTimes.getLast() / 1000000,
          note.isEmpty() ? "" : "\n" + note);
      out.flush();
    }
  }

  private static String explore(Interleavings interleavings, Scenario scenario) {
    try {
      interleavings.explore(scenario);
      return null;
    } catch (InterleavingError e) {
      return e.getMessage();
    }
  }
}
