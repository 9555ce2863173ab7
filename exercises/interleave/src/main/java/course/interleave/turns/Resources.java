package course.interleave.turns;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** What would keep threads of a run alive. Thread-safe. */
final class Resources {
  private final Set<Object> all = ConcurrentHashMap.newKeySet();

  /** Returns whether it is one that has to be closed, and notes it. */
  boolean add(Object resource) {
    boolean mustBeClosed =
        resource instanceof ExecutorService
            || (resource instanceof Closeable
                && (resource.getClass().getName().startsWith("java.net.")
                    || resource.getClass().getName().startsWith("sun.nio.ch.")));
    if (mustBeClosed) {
      all.add(resource);
    }
    return mustBeClosed;
  }

  /**
   * Closes all of them, when the run is over. On a thread of its own: code under test may have a
   * part in it, such as the queue of an executor, and unwinds it as any thread of the run.
   */
  void close() throws InterruptedException {
    if (!all.isEmpty()) {
      Thread closer = Thread.ofVirtual().start(() -> all.forEach(Resources::close));
      closer.join(Duration.ofNanos(Limits.CLOSING));
    }
  }

  private static void close(Object resource) {
    try {
      switch (resource) {
        case ExecutorService executor -> executor.shutdownNow();
        case Closeable closeable -> closeable.close();
        default -> {}
      }
    } catch (IOException | RuntimeException | RunOver e) {
      // It is closed as far as it can be.
    }
  }
}
