package course.interleave.turns;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

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
}
