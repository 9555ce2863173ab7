package course.interleave;

import java.util.stream.Stream;

/**
 * The threads by which the JDK's {@code ForkJoinPool} does things later, as for {@code
 * CompletableFuture.orTimeout}. The whole JVM shares them, so they belong to no run. One that waits
 * with a time limit has something to do then.
 */
final class Timers {
  private Timers() {}

  static boolean areSet() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    var threads = new Thread[root.activeCount() + 8];
    int count = root.enumerate(threads);
    return Stream.of(threads)
        .limit(count)
        .anyMatch(t -> isTimer(t) && t.getState() == Thread.State.TIMED_WAITING);
  }

  static boolean isTimer(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return thread.getName().endsWith("-delayScheduler")
        && group != null // null: it has ended
        && !group.getName().equals("CarrierThreads"); // those wake virtual threads of anybody
  }
}
