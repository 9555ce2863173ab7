package course.grader.grade.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends work that waits for somebody else. */
final class TimeBox {
  private TimeBox() {}

  /** What is to be done. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** The time is over. */
  static final class Over extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Does some work on a thread that is interrupted when the time is over. It is a virtual one:
   * there an interrupt also ends waiting for a socket. It has ended when this returns, unless it
   * looks at no interrupt for as long again: then it is left alone, as others wait for us.
   *
   * @throws Over if it took too long
   * @throws IOException as the work does, or if the caller is interrupted, which stays so
   */
  static <T> T run(Duration time, Work<T> work) throws IOException, Over {
    var task = new FutureTask<T>(work::run);
    Thread worker = Thread.ofVirtual().name("fetch").start(task);
    try {
      return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Over();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException known -> throw known;
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      end(worker, time);
    }
  }

  private static void end(Thread worker, Duration patience) {
    worker.interrupt();
    boolean isInterrupted = Thread.interrupted(); // which would keep us from waiting
    try {
      worker.join(patience);
    } catch (InterruptedException e) {
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
