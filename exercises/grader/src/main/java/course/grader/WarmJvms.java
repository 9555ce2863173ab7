package course.grader;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runner JVMs that were started before they are needed. Thread-safe. */
final class WarmJvms implements AutoCloseable {
  /** Each start is a task; it ends when the JVM is ready. Closing waits for these tasks. */
  private final ExecutorService starting =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("starts a runner ", 1).factory());

  private final RunnerHome home;
  private final Queue<CompletableFuture<RunnerJvm>> spares = new ArrayDeque<>(); // guarded by this

  /** Begins to start {@code count} of them, and does not wait. */
  WarmJvms(RunnerHome home, int count) {
    this.home = home;
    for (int i = 0; i < count; i++) {
      startOne();
    }
  }

  private synchronized void startOne() {
    spares.add(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new RunnerJvm(home);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            starting));
  }

  /** Returns one, ready, and begins to start the next. The caller closes it. */
  RunnerJvm take() throws IOException {
    CompletableFuture<RunnerJvm> spare;
    synchronized (this) {
      startOne();
      spare = spares.remove();
    }
    try {
      return spare.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    starting.close();
    synchronized (this) {
      for (CompletableFuture<RunnerJvm> spare : spares) {
        try (var _ = spare.join()) {
          // Not needed any more.
        } catch (CompletionException e) {
          // It never started.
        }
      }
    }
  }
}
