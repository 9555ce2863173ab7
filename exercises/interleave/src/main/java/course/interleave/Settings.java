package course.interleave;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What a user has set; see {@link Interleavings} for each. Not changed once it is made. */
final class Settings {
  final List<String> classes;
  final List<String> packages;
  int arrivals = 2;
  int randomOrders = 300;
  long seed = 1;
  Duration timeLimit = Duration.ofSeconds(8);
  boolean threadsMayRemain;
  String replay;
  boolean quiet;

  /** Chooses the code under test. */
  Settings(List<String> classes, List<String> packages) {
    this.classes = classes;
    this.packages = packages;
  }

  /** Returns a copy with one change. */
  Settings with(Consumer<Settings> change) {
    var copy = new Settings(classes, packages);
    copy.arrivals = arrivals;
    copy.randomOrders = randomOrders;
    copy.seed = seed;
    copy.timeLimit = timeLimit;
    copy.threadsMayRemain = threadsMayRemain;
    copy.replay = replay;
    copy.quiet = quiet;
    change.accept(copy);
    return copy;
  }
}
