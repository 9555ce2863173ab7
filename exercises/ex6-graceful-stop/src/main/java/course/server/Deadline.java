package course.server;

/** How long something may take at the most. As a sleep: whoever waits again, waits anew. */
@FunctionalInterface
interface Deadline {
  /**
   * Returns when the time is up.
   *
   * @throws InterruptedException if the thread is interrupted before
   */
  void await() throws InterruptedException;
}
