package course.server;

/** The slow part of handling a message. Any number of threads may do it at once. */
@FunctionalInterface
interface Work {
  /**
   * Returns the reply to a message, without its line end.
   *
   * @throws InterruptedException if the thread is interrupted: whoever works has to heed that
   */
  String on(String message) throws InterruptedException;
}
