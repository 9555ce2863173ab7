package course.server;

/** How long something may take. As a sleep: whoever waits again, waits anew. */
@FunctionalInterface
interface Deadline {
  /**
   * Returns when the time is up.
   *
   * @throws InterruptedException if the thread is interrupted before
   */
  void await() throws InterruptedException;
}
