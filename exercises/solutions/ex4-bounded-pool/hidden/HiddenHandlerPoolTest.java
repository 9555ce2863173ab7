package course.server;

import static course.server.HandOffs.accepted;
import static course.server.HandOffs.exploreClose;
import static course.server.HandOffs.exploreOpen;
import static course.server.HandOffs.fails;
import static course.server.HandOffs.othersWait;
import static course.server.HandOffs.refused;
import static course.server.HandOffs.refusedAtOnce;
import static course.server.HandOffs.runOnce;

import course.testkit.ExerciseTests;
import course.testkit.Failures;
import course.testkit.Rule;
import course.testkit.Story;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@ExerciseTests
class HiddenHandlerPoolTest {
  /** More than anybody would make room for beforehand. */
  private static final int MANY = 1_100;

  /** Handlers and places of a queue. */
  private static final int ALL = 30 + 1_000;

  @Test
  @Rule(1)
  void as_many_are_handled_at_once_while_the_pool_closes(Story story) {
    exploreClose(
        story,
        "2 handlers, a queue of 2. Messages 1 and 2 are handled, 3 and 4 wait; the pool is closed."
            + " Then 1 and 2 end; 3 and 4 end when both have begun",
        "3 and 4 are handled at once, and close returns",
        run -> {
          var pool = new HandlerPool(2, 2);
          var first = Message.slow();
          var second = Message.slow();
          var third = Message.slow();
          var fourth = Message.slow();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(second));
          second.begun.await();
          accepted("message 3", pool.handOff(third));
          accepted("message 4", pool.handOff(fourth));
          run.thread("closer", pool::close);
          first.end();
          second.end();
          third.begun.await();
          fourth.begun.await();
          third.end();
          fourth.end();
        });
  }

  @Test
  @Rule(1)
  void what_a_message_leaves_its_thread_costs_no_handler(Story story) {
    runOnce(
        story,
        "1 handler, no queue. Messages 1 and 2 leave a permit to their thread, as"
            + " LockSupport.unpark does: its next park returns at once. Then message 3 comes",
        "message 3 is handled",
        run -> {
          var pool = new HandlerPool(1, 0);
          var first = Message.quick();
          var second = Message.quick();
          var third = Message.quick();
          accepted("message 1", pool.handOff(leavingAPermit(first)));
          first.awaitHandled(1);
          othersWait();
          accepted("message 2", pool.handOff(leavingAPermit(second)));
          second.awaitHandled(1);
          othersWait();
          accepted("message 3", pool.handOff(third));
          third.awaitHandled(1);
        });
  }

  private static Runnable leavingAPermit(Message message) {
    return () -> {
      message.run();
      LockSupport.unpark(Thread.currentThread());
    };
  }

  @Test
  @Rule(2)
  void two_pools_wake_their_own_handlers(Story story) {
    runOnce(
        story,
        "2 pools of 1 handler, which are idle. Two messages are handed off to the second pool, and"
            + " then two to the first; each when the one before is handled",
        "all are handled",
        run -> {
          var one = new HandlerPool(1, 1);
          var two = new HandlerPool(1, 1);
          for (HandlerPool pool : List.of(two, two, one, one)) {
            othersWait();
            var message = Message.quick();
            accepted("a message", pool.handOff(message));
            message.awaitHandled(1);
          }
        });
  }

  @Test
  @Rule(3)
  void there_is_room_however_many_messages_there_were(Story story) {
    runOnce(
        story,
        "1 handler, a queue of 1. " + MANY + " messages come, each when the one before is handled",
        "all are accepted and handled",
        run -> {
          var pool = new HandlerPool(1, 1);
          for (int n = 1; n <= MANY; n++) {
            var message = Message.quick();
            accepted("message " + n, pool.handOff(message));
            message.awaitHandled(1);
          }
        });
  }

  @Test
  @Rule(3)
  void while_one_is_refused_there_is_room_for_another(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 1. Message 1 is handled, 2 waits, and a connection hands off 3. Then"
            + " message 1 ends, and when the next one is handled, 4 is handed off",
        "one of 3 and 4 is accepted: 3 if it came late enough, else 4",
        run -> {
          var pool = new HandlerPool(1, 1);
          var first = Message.slow();
          var next = Message.slow(); // 2, and also 3: either may be handled first
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(next));
          var accepted = new AtomicInteger();
          run.thread("connection", () -> accepted.addAndGet(pool.handOff(next) ? 1 : 0));
          first.end();
          next.begun.await();
          accepted.addAndGet(pool.handOff(Message.quick()) ? 1 : 0);
          run.join();
          if (accepted.get() != 1) {
            throw new AssertionError(accepted + " of 3 and 4 were accepted, not 1");
          }
          next.end();
        });
  }

  @Test
  @Rule(3)
  void with_a_queue_as_long_as_it_may_be_there_is_room_for_all(Story story) {
    runOnce(
        story,
        "30 handlers, a queue of 1,000. " + ALL + " messages are handed off",
        "all are accepted, one more is refused, and all are handled",
        run -> {
          var pool = new HandlerPool(30, 1_000);
          var message = Message.slow();
          for (int n = 1; n <= ALL; n++) {
            accepted("message " + n, pool.handOff(message));
          }
          refusedAtOnce("one more message", pool, message);
          message.end();
          message.awaitHandled(ALL);
        });
  }

  @Test
  @Rule(3)
  void with_handlers_that_are_idle_again_there_is_room_for_all(Story story) {
    exploreOpen(
        story,
        "2 handlers, a queue of 1. Messages 1 and 2 are handled, and both handlers are idle again."
            + " Then 3 more are handed off, one right after the other",
        "all are accepted, also if no handler has come round to take one yet",
        run -> {
          var pool = new HandlerPool(2, 1);
          var first = Message.slow();
          accepted("message 1", pool.handOff(first));
          accepted("message 2", pool.handOff(first));
          first.end();
          first.awaitHandled(2);
          othersWait();
          var later = Message.slow();
          for (int n = 3; n <= 5; n++) {
            accepted("message " + n, pool.handOff(later));
          }
          later.end();
          later.awaitHandled(3);
        });
  }

  @Test
  @Rule(4)
  void a_long_queue_has_an_end_as_well(Story story) {
    runOnce(
        story,
        "2 handlers, a queue of 5. Messages 1 and 2 are handled, 3 to 7 wait, and two more are"
            + " handed off. Then 1 and 2 end; when two others are handled, three more come",
        "the last one of each time is refused, at once, and never handled",
        run -> {
          var pool = new HandlerPool(2, 5);
          var first = Message.slow();
          var second = Message.slow();
          var later = Message.slow(); // all the others that are accepted
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted("message 2", pool.handOff(second));
          second.begun.await();
          for (int n = 3; n <= 7; n++) {
            accepted("message " + n, pool.handOff(later));
          }
          refusedAtOnce("message 8", pool, later);
          refusedAtOnce("message 9", pool, later);
          first.end();
          second.end();
          othersWait();
          accepted("message 10", pool.handOff(later));
          accepted("message 11", pool.handOff(later));
          refusedAtOnce("message 12", pool, later);
          later.end();
          later.awaitHandled(7);
          othersWait();
          later.wasHandled("those after it", 7);
        });
  }

  @Test
  @Rule(5)
  void three_hand_offs_at_the_same_time_do_not_share_two_places(Story story) {
    exploreOpen(
        story,
        "1 handler, a queue of 2. Message 1 is handled; messages 2, 3 and 4 come at the same time",
        "two of them are accepted, and one is refused",
        run -> {
          var pool = new HandlerPool(1, 2);
          var first = Message.slow();
          var others = Message.slow(); // 2, 3 and 4
          var accepted = new AtomicInteger();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          for (String name : List.of("a client", "another one", "a third one")) {
            run.thread(name, () -> accepted.addAndGet(pool.handOff(others) ? 1 : 0));
          }
          run.join();
          if (accepted.get() != 2) {
            throw new AssertionError(accepted + " of the three were accepted, not 2");
          }
        });
  }

  @Test
  @Rule(7)
  void a_message_that_fails_by_any_class_of_exception_costs_no_handler(Story story) {
    exploreOpen(
        story,
        "2 handlers, a queue of 1. Messages fail, each by an exception of another class. Then 2"
            + " slow messages are handled, and 2 more are handed off",
        "both handlers have a slow message, one more waits, and the last one is refused",
        run -> {
          var pool = new HandlerPool(2, 1);
          for (RuntimeException failure : Failures.unchecked()) {
            fails(pool, "the message", failure);
          }
          var first = Message.slow();
          var second = Message.slow();
          accepted("the first slow message", pool.handOff(first));
          first.begun.await();
          accepted("the second slow message", pool.handOff(second));
          second.begun.await();
          accepted("one more", pool.handOff(Message.quick()));
          refused("the last one", pool, "two are handled, and one waits");
          first.end();
          second.end();
        });
  }

  @Test
  @Rule(8)
  void close_finishes_those_that_wait_behind_one_that_fails(Story story) {
    exploreClose(
        story,
        "1 handler, a queue of 2. Message 1 is handled, 2 and 3 wait; the pool is closed. Then"
            + " message 1 ends, and message 2 throws an exception",
        "message 3 is handled before close returns",
        run -> {
          var pool = new HandlerPool(1, 2);
          var first = Message.slow();
          var third = Message.quick();
          accepted("message 1", pool.handOff(first));
          first.begun.await();
          accepted(
              "message 2",
              pool.handOff(() -> {
                throw new IllegalArgumentException("message 2 can't be handled");
              }));
          accepted("message 3", pool.handOff(third));
          run.thread(
              "closer",
              () -> {
                pool.close();
                first.wasHandled("message 1", 1);
                third.wasHandled("message 3", 1);
              });
          first.end();
        });
  }
}
