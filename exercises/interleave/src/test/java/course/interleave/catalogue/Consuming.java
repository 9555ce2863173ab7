package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that take what others hand them, until an interrupt ends them. */
final class Consuming {
  private Consuming() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "leaked worker, virtual",
            Consuming.class,
            run -> handOff(new LeakingHandler()),
            run -> handOff(new EndingHandler())),
        new Sample(
            "lost interrupt",
            Consuming.class,
            run -> openAndClose(new DeafPool()),
            run -> openAndClose(new HearingPool())),
        new Sample(
            "hand-off to nobody",
            Consuming.class,
            run -> handOff(new DroppingHandler()),
            run -> handOff(new EndingHandler())));
  }

  interface Pool {
    void execute(Runnable task);

    void close() throws InterruptedException;
  }

  private static void openAndClose(Pool pool) throws InterruptedException {
    var done = new CountDownLatch(1);
    pool.execute(done::countDown);
    done.await();
    pool.close();
  }

  static class HearingPool implements Pool {
    final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::work, "worker");

    HearingPool() {
      worker.start();
    }

    @Override
    public void execute(Runnable task) {
      queue.add(task);
    }

    void work() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          queue.take().run();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      worker.interrupt();
      worker.join();
    }
  }

  static class DeafPool extends HearingPool {
    @Override
    void work() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          queue.take().run();
        } catch (InterruptedException e) {
          // swallowed: the loop never sees it
        }
      }
    }
  }

  /** Handles what it was handed, and ends when it is closed. */
  private static void handOff(Handler handler) throws InterruptedException {
    var handled = new AtomicInteger();
    handler.start();
    handler.handOff(handled::incrementAndGet);
    handler.close();
    assertEquals(1, handled.get(), "messages handled");
  }

  interface Handler {
    void start();

    void handOff(Runnable message) throws InterruptedException;

    void close() throws InterruptedException;
  }

  static class EndingHandler implements Handler {
    final SynchronousQueue<Runnable> messages = new SynchronousQueue<>();
    Thread thread;

    @Override
    public void start() {
      thread = Thread.ofVirtual().name("handler").start(this::handleAll);
    }

    private void handleAll() {
      try {
        while (true) {
          messages.take().run();
        }
      } catch (InterruptedException e) {
        // closed
      }
    }

    @Override
    public void handOff(Runnable message) throws InterruptedException {
      messages.put(message);
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }

  static class LeakingHandler extends EndingHandler {
    private final CountDownLatch handled = new CountDownLatch(1);

    @Override
    public void handOff(Runnable message) throws InterruptedException {
      messages.put(() -> {
        message.run();
        handled.countDown();
      });
    }

    @Override
    public void close() throws InterruptedException {
      handled.await();
    }
  }

  static class DroppingHandler extends EndingHandler {
    @Override
    public void handOff(Runnable message) {
      messages.offer(message);
    }
  }
}
