package course.server;

import course.interleave.Interleavings;
import course.interleave.Run;
import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections that hand off at the same time, in many orders of steps. */
@ExerciseTests
class HiddenOrdersTest {
  private static final Duration LONG = Duration.ofHours(1); // longer than any test

  private static final Interleavings ORDERS = Interleavings.of(Handlers.class).threadsMayRemain();

  @Test
  @Rule(4)
  void who_waits_when_the_only_handler_gets_free_is_next(Story story) {
    for (int lesson = 3; lesson <= 4; lesson++) {
      boolean grows = lesson == 4;
      story.explore(
          "Lesson %d, with one handler as the maximum, which is busy: message 2 is handed off, and"
                  .formatted(lesson)
              + " meanwhile message 1 ends",
          "message 2 is handled",
          ORDERS,
          run -> {
            ThreadFactory threads = Thread.ofVirtual().factory();
            ExecutorService handlers =
                grows ? Handlers.growing(1, 1, LONG, threads) : Handlers.fixed(1, threads);
            var mayEnd = new CountDownLatch(1);
            var handled = new CountDownLatch(1);
            handlers.execute(() -> await(mayEnd));
            run.thread("connection 2", () -> handlers.execute(handled::countDown));
            run.thread("end of message 1", mayEnd::countDown);
            handled.await();
          });
    }
  }

  @Test
  @Rule(5)
  void what_a_handler_has_is_not_refused_by_an_interrupt(Story story) {
    story.explore(
        "The one handler is busy, and message 2 waits. When it is handled, it interrupts the"
            + " connection that has handed it off",
        "execute returns, as message 2 is with a handler",
        ORDERS,
        run -> {
          ExecutorService handlers = Handlers.fixed(1, Thread.ofVirtual().factory());
          var mayEnd = new CountDownLatch(1);
          handlers.execute(() -> await(mayEnd));
          run.thread("connection 2", () -> handOffWhatInterrupts(handlers));
          mayEnd.countDown();
          run.join();
        });
  }

  private static void handOffWhatInterrupts(ExecutorService handlers) {
    Thread connection = Thread.currentThread();
    try {
      handlers.execute(connection::interrupt);
    } catch (RejectedExecutionException e) {
      throw new AssertionError("message 2 was handled, and execute threw " + e.getClass(), e);
    }
  }

  @Test
  @Rule(5)
  void who_is_interrupted_already_does_not_wait(Story story) {
    story.explore(
        "The one handler is busy. A connection that is interrupted already hands off message 2",
        "execute throws a RejectedExecutionException, the thread stays interrupted, and message 2"
            + " is never handled",
        ORDERS,
        run -> {
          var factory = Thread.ofVirtual().factory();
          comesInterrupted(Handlers.fixed(1, factory), run);
          comesInterrupted(Handlers.growing(1, 1, LONG, factory), run);
        });
  }

  private static void comesInterrupted(ExecutorService handlers, Run run) throws Exception {
    var mayEnd = new CountDownLatch(1);
    handlers.execute(() -> await(mayEnd));
    var handled = new AtomicBoolean();
    run.thread(
            "connection 2",
            () -> {
              Thread.currentThread().interrupt();
              try {
                handlers.execute(() -> handled.set(true));
                throw new AssertionError("execute threw no RejectedExecutionException");
              } catch (RejectedExecutionException e) {
                if (!Thread.interrupted()) {
                  throw new AssertionError("the thread is not interrupted any more", e);
                }
              }
            })
        .join();
    mayEnd.countDown();
    handlers.close();
    if (handled.get()) {
      throw new AssertionError("message 2 was handled");
    }
  }

  @Test
  @Rule(10)
  void lesson_4_no_handler_ends_before_its_idle_time_when_many_come_at_once(Story story) {
    story.explore(
        "A pool of 1 to 3 handlers, one of them busy, with an idle time of an hour: three"
            + " connections hand off at the same time, one a long message and two a short one",
        "at most 3 handlers are started, as none of them is idle for an hour",
        ORDERS,
        run -> {
          var made = new AtomicInteger();
          ExecutorService handlers = Handlers.growing(1, 3, LONG, counting(made));
          var mayEnd = new CountDownLatch(1);
          handlers.execute(() -> await(mayEnd));
          run.thread("connection 1", () -> handlers.execute(() -> {}));
          run.thread("connection 2", () -> handlers.execute(() -> await(mayEnd)));
          run.thread("connection 3", () -> handlers.execute(() -> {}));
          Thread.sleep(Duration.ofMinutes(1)); // who has no handler by then breaks rule 7
          mayEnd.countDown();
          run.join();
          if (made.get() > 3) {
            throw new AssertionError(made + " handlers were started");
          }
        });
  }

  /** Counts the threads that are made. The run knows those of a factory, whoever starts them. */
  static ThreadFactory counting(AtomicInteger made) {
    ThreadFactory factory = Thread.ofVirtual().factory();
    return task -> {
      made.incrementAndGet();
      return factory.newThread(task);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
