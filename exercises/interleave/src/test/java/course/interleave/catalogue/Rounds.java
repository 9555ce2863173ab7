package course.interleave.catalogue;

import course.interleave.InterleavingError;
import course.interleave.Interleavings;
import course.interleave.Scenario;
import java.util.ArrayList;
import java.util.List;

/** One scenario, explored again and again. */
final class Rounds {
  private final List<Double> seconds = new ArrayList<>();
  private final List<FailingOrder> failures = new ArrayList<>();

  Rounds(Interleavings interleavings, Scenario scenario, int rounds) {
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      try {
        interleavings.explore(scenario);
      } catch (InterleavingError e) {
        failures.add(FailingOrder.of(e));
      }
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    seconds.sort(null);
  }

  /** Returns the order that failed in each round that found one. */
  List<FailingOrder> failures() {
    return failures;
  }

  /** Returns how many replays, of so many of each order that failed, come out the same. */
  int replaysTheSame(Sample sample, int times) {
    return failures.stream().mapToInt(order -> order.timesTheSame(sample, times)).sum();
  }

  double median() {
    return seconds.get(seconds.size() / 2);
  }

  double longest() {
    return seconds.getLast();
  }
}
