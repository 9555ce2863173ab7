package course.server;

import static course.server.HandOffs.LONG;
import static course.server.HandOffs.allAreBack;
import static course.server.HandOffs.begin;
import static course.server.HandOffs.end;
import static course.server.HandOffs.passes;
import static course.server.HandOffs.runOnce;
import static course.server.HandOffs.waitsFor;

import course.testkit.ExerciseTests;
import course.testkit.Rule;
import course.testkit.Story;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a pool keeps for itself. */
@ExerciseTests
class HiddenTwoPoolsTest {
  @Test
  @Rule(3)
  void with_two_pools_each_wakes_its_own_handlers(Story story) {
    runOnce(
        story,
        "2 pools of 1 to 2 handlers, which are idle. Two messages are handed off to the second"
            + " pool, and then two to the first; each when the one before has begun",
        "all begin",
        run -> {
          var one = new HandlerPool(1, 2, LONG, HandlerThreads.counted());
          var two = new HandlerPool(1, 2, LONG, HandlerThreads.counted());
          for (HandlerPool pool : List.of(two, two, one, one)) {
            allAreBack();
            begin(pool, Message.quick());
          }
        });
  }

  @Test
  @Rule(3)
  void with_two_pools_who_waits_gets_a_handler_of_its_own(Story story) {
    runOnce(
        story,
        "2 pools of 1 handler, which handle messages 1 and 2. Then message 3 waits for the first"
            + " pool, and message 4 for the second. Message 2 ends, and message 1 later",
        "message 4 begins when 2 has ended, and message 3 when 1 has ended",
        run -> {
          var one = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          var two = new HandlerPool(1, 1, LONG, HandlerThreads.counted());
          Message[] messages = Stream.generate(Message::slow).limit(4).toArray(Message[]::new);
          begin(one, messages[0]);
          begin(two, messages[1]);
          run.thread("connection 1", () -> waitsFor(messages[0], one, messages[2]));
          allAreBack();
          run.thread("connection 2", () -> waitsFor(messages[1], two, messages[3]));
          allAreBack();
          end(messages[1]);
          messages[3].awaitBegin();
          end(messages[0]);
          messages[2].awaitBegin();
          end(messages[2], messages[3]);
        });
  }

  @Test
  @Rule(7)
  void with_two_pools_each_goes_by_its_own_numbers(Story story) {
    runOnce(
        story,
        "A pool of 1 to 2 handlers with an idle time of 2 seconds, and then one of 2 to 4 with 10"
            + " seconds. Each handles as many messages as it may have handlers, and one more is"
            + " handed off to the first; then all end",
        "that one waits until a message of the first pool has ended; after 3 seconds that pool has"
            + " 1 handler and the other 4, and after 11 seconds the other has 2",
        run -> {
          var few = HandlerThreads.counted();
          var many = HandlerThreads.counted();
          var small = new HandlerPool(1, 2, Duration.ofSeconds(2), few);
          var large = new HandlerPool(2, 4, Duration.ofSeconds(10), many);
          Message[] messages = Stream.generate(Message::slow).limit(6).toArray(Message[]::new);
          begin(small, messages[0], messages[1]);
          begin(large, messages[2], messages[3], messages[4], messages[5]);
          few.areAlive(2, "of the first pool, while they are busy");
          run.thread("connection", () -> waitsFor(messages[0], small, Message.quick()));
          allAreBack();
          end(messages);
          passes(Duration.ofSeconds(3));
          few.areAlive(1, "of the first pool after 3 seconds");
          many.areAlive(4, "of the second pool after 3 seconds");
          passes(Duration.ofSeconds(8));
          many.areAlive(2, "of the second pool after 11 seconds");
        });
  }

  @Test
  @Rule(11)
  void with_two_pools_each_closes_its_own_handlers(Story story) {
    runOnce(
        story,
        "2 pools of 1 to 2 handlers with 2 messages each. Those of the second end, and it is"
            + " closed. Then those of the first end, 2 more come for it, and it is closed as well"
            + " while they are handled",
        "the first pool keeps its 2 handlers until its own close, which waits for them",
        run -> {
          var ofOne = HandlerThreads.counted();
          var ofTwo = HandlerThreads.counted();
          var one = new HandlerPool(1, 2, LONG, ofOne);
          var two = new HandlerPool(1, 2, LONG, ofTwo);
          Message[] messages = Stream.generate(Message::slow).limit(6).toArray(Message[]::new);
          begin(one, messages[0], messages[1]);
          begin(two, messages[2], messages[3]);
          end(messages[2], messages[3]);
          two.close();
          ofTwo.haveEnded();
          end(messages[0], messages[1]);
          allAreBack();
          ofOne.areAlive(2, "of the first pool, when the second has closed");
          begin(one, messages[4], messages[5]);
          run.thread(
              "closer",
              () -> {
                one.close();
                ofOne.haveEnded();
              });
          allAreBack();
          end(messages[4], messages[5]);
          run.join();
        });
  }
}
