package course.testkit;

/** Looks whether threads have ended. Thread-safe. */
public final class ThreadEnds {
  private ThreadEnds() {}

  /**
   * Returns whether a thread has ended; one that runs is let go on until it ends or waits. A
   * scenario can't do this by itself: if it yields, the threads that are held go on as well.
   */
  @SuppressWarnings("ThreadPriorityCheck") // costs only time if the scheduler does nothing
  public static boolean hasEnded(Thread thread) {
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.yield(); // on a machine with one core it would never run else
    }
    return !thread.isAlive();
  }
}
