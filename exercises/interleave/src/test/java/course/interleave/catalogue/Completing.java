package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Barriers, latches and futures that threads wait for in vain, or complete twice. */
@SuppressWarnings({"NonAtomicVolatileUpdate", "UnsynchronizedOverridesSynchronized"})
final class Completing {
  private Completing() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "barrier reuse",
            Completing.class,
            run -> meetTwice(run, new ReusedBarrier()),
            run -> meetTwice(run, new JdkBarrier())),
        new Sample(
            "lost count down",
            Completing.class,
            run -> countDown(run, new LosingLatch()),
            run -> countDown(run, new Latch())),
        new Sample(
            "callback lost on completion",
            Completing.class,
            run -> complete(run, new LosingPromise()),
            run -> complete(run, new Promise())),
        new Sample(
            "no time limit",
            Completing.class,
            run -> ask(new Question()),
            run -> ask(new TimedQuestion())),
        new Sample(
            "future completed twice",
            Completing.class,
            run -> race(new DoubleWinner()),
            run -> race(new OneWinner())));
  }

  /** Nobody may begin round 2 before everybody has ended round 1. */
  private static void meetTwice(Run run, Barrier barrier) throws InterruptedException {
    var ended = new AtomicInteger();
    for (String name : List.of("a", "b")) {
      run.thread(
          name,
          () -> {
            for (int round = 1; round <= 3; round++) {
              ended.incrementAndGet();
              barrier.await();
              assertTrue(ended.get() >= 2 * round);
            }
          });
    }
    run.join();
  }

  interface Barrier {
    void await() throws Exception;
  }

  static class ReusedBarrier implements Barrier {
    private int waiting;

    @Override
    public synchronized void await() throws InterruptedException {
      waiting++;
      if (waiting == 2) {
        notifyAll();
        waiting = 0;
      } else {
        while (waiting != 0) { // another may have come again already
          wait();
        }
      }
    }
  }

  static class JdkBarrier implements Barrier {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    @Override
    public void await() throws Exception {
      barrier.await();
    }
  }

  private static void countDown(Run run, Latch latch) throws InterruptedException {
    run.thread("a", latch::countDown);
    run.thread("b", latch::countDown);
    run.thread("waits", latch::await);
    run.join();
  }

  static class Latch {
    private final CountDownLatch latch = new CountDownLatch(2);

    void countDown() {
      latch.countDown();
    }

    void await() throws InterruptedException {
      latch.await();
    }
  }

  static class LosingLatch extends Latch {
    private volatile int left = 2;

    @Override
    void countDown() {
      left--;
      synchronized (this) {
        notifyAll();
      }
    }

    @Override
    synchronized void await() throws InterruptedException {
      while (left > 0) {
        wait();
      }
    }
  }

  /** Nobody ever answers. */
  private static void ask(Question question) {
    assertEquals("no answer", question.await());
  }

  static class Question {
    final CompletableFuture<String> answer = new CompletableFuture<>();

    String await() {
      return answer.join();
    }
  }

  static class TimedQuestion extends Question {
    @Override
    String await() {
      return answer.completeOnTimeout("no answer", 600, TimeUnit.MILLISECONDS).join();
    }
  }

  private static void complete(Run run, Promise promise) throws InterruptedException {
    var told = new AtomicInteger();
    run.thread("completes", promise::complete);
    run.thread("listens", () -> promise.whenComplete(told::incrementAndGet));
    run.join();
    assertEquals(1, told.get(), "told once");
  }

  static class Promise {
    private final List<Runnable> callbacks = new ArrayList<>();
    private boolean complete;

    void whenComplete(Runnable callback) {
      boolean now;
      synchronized (this) {
        now = complete;
        if (!now) {
          callbacks.add(callback);
        }
      }
      if (now) {
        callback.run();
      }
    }

    synchronized void complete() {
      complete = true;
      callbacks.forEach(Runnable::run);
    }
  }

  static class LosingPromise extends Promise {
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean done;

    @Override
    void whenComplete(Runnable callback) {
      if (done) {
        callback.run();
      } else {
        synchronized (waiting) {
          waiting.add(callback);
        }
      }
    }

    @Override
    void complete() {
      done = true;
      synchronized (waiting) {
        waiting.forEach(Runnable::run);
      }
    }
  }

  private static void race(OneWinner race) throws Exception {
    var won = new AtomicInteger();
    CompletableFuture<Void> a =
        CompletableFuture.runAsync(() -> won.addAndGet(race.finish("a") ? 1 : 0));
    CompletableFuture<Void> b =
        CompletableFuture.runAsync(() -> won.addAndGet(race.finish("b") ? 1 : 0));
    CompletableFuture.allOf(a, b).get();
    assertEquals(1, won.get(), "winners");
  }

  static class OneWinner {
    final CompletableFuture<String> winner = new CompletableFuture<>();

    boolean finish(String name) {
      return winner.complete(name);
    }
  }

  static class DoubleWinner extends OneWinner {
    @Override
    boolean finish(String name) {
      if (winner.isDone()) {
        return false;
      }
      winner.complete(name);
      return true;
    }
  }
}
