package course.grader.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runner JVMs that were started before they are needed. Thread-safe. */
final class WarmJvms implements AutoCloseable {
  /**
   * Each start is a task; it ends when the JVM is ready. On virtual threads, so that one that waits
   * for its JVM to call back can be interrupted: who quits does not wait for a JVM to start.
   */
  private final ExecutorService starting =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("starts a runner ", 1).factory());

  private final Future<? extends RunnerSource> source;
  private final boolean keeps;
  private final boolean keepsUsed;
  private final Queue<Future<RunnerJvm>> spares = new ArrayDeque<>(); // guarded by this
  private final Queue<RunnerJvm> used = new ArrayDeque<>(); // guarded by this

  /**
   * Begins to make what they start from, then {@code count} of them, and does not wait.
   *
   * @param count how many there are to be at any time; 0: one now, others when they are needed
   * @param keepsUsed whether one that comes back is taken again, before any other is started
   */
  WarmJvms(Callable<? extends RunnerSource> source, int count, boolean keepsUsed) {
    this.source = starting.submit(source);
    this.keeps = count > 0 && !keepsUsed;
    this.keepsUsed = keepsUsed;
    for (int i = 0; i < Math.max(1, count); i++) {
      startOne();
    }
  }

  private synchronized void startOne() {
    spares.add(starting.submit(() -> new RunnerJvm(source.get().start())));
  }

  /** Like {@link #takeFresh}, but it may be one that was given back. */
  RunnerJvm take() throws IOException {
    synchronized (this) {
      if (!used.isEmpty()) {
        return used.remove();
      }
    }
    return takeFresh();
  }

  /**
   * Returns one, ready, and begins to start the next if some are kept. The caller closes it, or
   * gives it back.
   *
   * @throws NotStarted if it does not get ready
   * @throws InterruptedIOException if the calling thread is interrupted while it waits
   */
  RunnerJvm takeFresh() throws IOException {
    Future<RunnerJvm> spare;
    synchronized (this) {
      if (keeps || spares.isEmpty()) {
        startOne();
      }
      spare = spares.remove();
    }
    try {
      return spare.get();
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof ExecutionException of ? of.getCause() : e.getCause();
      throw cause instanceof NotStarted why ? why : new NotStarted("the tests", cause, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for the tests any more");
    }
  }

  /** Takes one back that has done its work, and is fit for more. */
  void giveBack(RunnerJvm jvm) {
    synchronized (this) {
      if (keepsUsed && !starting.isShutdown()) {
        used.add(jvm);
        return;
      }
    }
    jvm.close();
  }

  /** Ends those that wait, and those that are being started. */
  @Override
  public synchronized void close() throws IOException {
    starting.shutdownNow();
    starting.close();
    used.forEach(RunnerJvm::close);
    for (Future<RunnerJvm> spare : spares) {
      if (spare.state() == Future.State.SUCCESS) {
        spare.resultNow().close();
      }
    }
    if (source.state() == Future.State.SUCCESS) {
      source.resultNow().close();
    }
  }
}
