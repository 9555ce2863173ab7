package course.interleave.catalogue;

import java.util.ArrayList;
import java.util.List;

/** A thread for each core that does nothing, all the time, until it is ended. */
final class BusyCores {
  private final List<Thread> threads = new ArrayList<>();

  BusyCores() {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("busy").start(BusyCores::spin));
    }
  }

  private static void spin() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  void end() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
