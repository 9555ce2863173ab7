package course.grader.prove;

import java.util.ArrayList;
import java.util.List;

/** Keeps every core busy until it is closed, by the thread that made it. */
final class BusyCores implements AutoCloseable {
  private volatile boolean closed;
  private final List<Thread> threads = new ArrayList<>();

  BusyCores() {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("busy " + i).start(this::spin));
    }
  }

  private void spin() {
    while (!closed) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
