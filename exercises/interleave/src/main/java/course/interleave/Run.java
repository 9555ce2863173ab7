package course.interleave;

/** One run of a {@link Scenario}: starts its threads and waits for them. */
public interface Run {
  /**
   * Starts a virtual thread: it is started soon, and it is known for sure whether it waits.
   * Scenarios may also start threads in any other way; these have a name for the report, and {@link
   * #join} waits for them.
   *
   * @param name what the report calls it
   * @param task what it does; whatever it throws fails the run
   * @return the started thread
   */
  Thread thread(String name, Task task);

  /**
   * Starts a platform thread; else as {@link #thread}.
   *
   * @param name what the report calls it
   * @param task what it does; whatever it throws fails the run
   * @return the started thread
   */
  Thread platformThread(String name, Task task);

  /**
   * Waits until all threads that this run was asked to start have ended. In a run of {@link
   * Interleavings} no interrupt ends that; if the run is over before they have ended, so is the
   * thread that waits.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile, in any other run
   */
  void join() throws InterruptedException;

  /** What a thread does: a {@link Runnable} that may throw. */
  @FunctionalInterface
  interface Task {
    /**
     * Does it.
     *
     * @throws Exception or an {@link AssertionError}: the run fails
     */
    void run() throws Exception;
  }
}
