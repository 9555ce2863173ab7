package course.interleave;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

/** What would keep threads of a run alive. */
final class Resources {
  private Resources() {}

  static boolean mustBeClosed(Object resource) {
    return resource instanceof ExecutorService
        || (resource instanceof Closeable
            && (resource.getClass().getName().startsWith("java.net.")
                || resource.getClass().getName().startsWith("sun.nio.ch.")));
  }

  static void close(Object resource) {
    try {
      switch (resource) {
        case ExecutorService executor -> executor.shutdownNow();
        case Closeable closeable -> closeable.close();
        default -> {}
      }
    } catch (IOException | RuntimeException e) {
      // It is closed as far as it can be.
    }
  }

  /**
   * Returns whether an exception is one that the scenario throws on purpose in a task of one of the
   * JDK's pools: those replace the thread that dies of it.
   */
  static boolean isPoolsBusiness(Throwable thrown, CodeUnderTest code) {
    boolean inPool = false;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      inPool |= frame.getClassName().equals(ThreadPoolExecutor.class.getName());
    }
    return inPool
        && thrown.getStackTrace().length > 0
        && !code.isMarked(thrown.getStackTrace()[0].getClassName())
        && code.reloads(thrown.getStackTrace()[0].getClassName());
  }
}
