package course.interleave.turns;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The platform threads of the JVM. Some are the JDK's timers, by which its {@code ForkJoinPool}
 * does things later, as for {@code CompletableFuture.orTimeout}: the whole JVM shares them, so they
 * belong to no run. One that waits with a time limit has something to do then.
 */
final class PlatformThreads {
  /** Methods of the JDK in which a thread waits for the kernel while it counts as running. */
  private static final Set<String> KERNEL_WAITS =
      Set.of(
          "poll",
          "accept",
          "accept0",
          "read0",
          "readBytes",
          "readBytes0",
          "read",
          "connect0",
          "wait",
          "select",
          "receive0",
          "pollConnect",
          "pollConnectNow",
          "write0",
          "waitForMultipleObjects");

  private PlatformThreads() {}

  static List<Thread> all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    var threads = new Thread[root.activeCount() + 8];
    int count = root.enumerate(threads);
    return Arrays.asList(threads).subList(0, count);
  }

  static List<ForkJoinWorkerThread> workersOf(ForkJoinPool pool) {
    return all().stream()
        .filter(ForkJoinWorkerThread.class::isInstance)
        .map(ForkJoinWorkerThread.class::cast)
        .filter(worker -> pool.equals(worker.getPool()))
        .toList();
  }

  static boolean timersAreSet() {
    return all().stream().anyMatch(t -> isTimer(t) && t.getState() == Thread.State.TIMED_WAITING);
  }

  static boolean isTimer(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return thread.getClass().getName().equals("java.util.concurrent.DelayScheduler")
        && group != null // null: it has ended
        && !group.getName().equals("CarrierThreads"); // those wake virtual threads of anybody
  }

  /** Returns whether it is one of the pool that the whole JVM shares, or a timer of the JDK's. */
  static boolean isNobodys(Thread thread) {
    return thread instanceof ForkJoinWorkerThread || isTimer(thread);
  }

  static boolean waitsForKernel(Thread thread) {
    if (thread.getState() != Thread.State.RUNNABLE || thread.isVirtual()) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && (stack[0].getClassName().startsWith("sun.nio.")
            || stack[0].getClassName().startsWith("java.io."))
        && KERNEL_WAITS.contains(stack[0].getMethodName());
  }
}
