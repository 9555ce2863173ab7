package course.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.patch.PatchFailedException;
import course.contract.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wrong version beside each lesson does what the lesson's page says of it, and the lesson does
 * not. So a test here fails when its wrong version is none.
 */
@Timeout(value = 120) // bounds a hang
class WrongVersionTest {
  private static final Course COURSE = new Course(Path.of("../.."));
  private static final String ONE_READ = "lesson1-server/wrong/one-read-one-message.patch";
  private static final String NO_WAIT = "lesson2-concurrency/wrong/close-without-waiting.patch";
  private static final String DIES = "lesson3-pool/wrong/handler-dies-with-its-message.patch";
  private static final String GROWS = "lesson4-pool-dyn/wrong/grows-for-ever.patch";

  @TempDir private Path folder;

  @Test
  void every_wrong_version_is_tested_here() throws IOException {
    assertThat(
            LessonPatch.wrong(COURSE).stream().map(LessonPatch::patch).collect(Collectors.toSet()))
        .isEqualTo(Set.of(ONE_READ, NO_WAIT, DIES, GROWS));
  }

  @Test
  void lesson_1_takes_eight_messages_in_one_packet_for_eight() throws Exception {
    try (var server = right(ONE_READ, "--work", "0ms")) {
      assertThat(messagesSeenInOnePacketOfEight(server)).isEqualTo(8);
    }
  }

  @Test
  void when_one_read_is_one_message_eight_in_one_packet_are_one() throws Exception {
    try (var server = wrong(ONE_READ, "--work", "0ms")) {
      assertThat(messagesSeenInOnePacketOfEight(server))
          .as("messages that the wrong version of lesson 1 saw when 8 came in one packet")
          .isEqualTo(1);
    }
  }

  private static int messagesSeenInOnePacketOfEight(LessonProcess server) throws IOException {
    try (var client = new RawClient(server.port()).send("1\n2\n3\n4\n5\n6\n7\n8\n").halfClose()) {
      client.receiveAll();
    }
    try (var client = new RawClient(server.port()).send("the end of the log\n")) {
      client.receive();
    }
    int messages = 0;
    for (String line = ""; !line.startsWith("<< connection 2 "); line = server.line()) {
      messages += line.startsWith("<< connection 1 ") ? 1 : 0;
    }
    return messages;
  }

  @Test
  void lesson_1_answers_a_line_that_comes_in_two_pieces_when_it_is_whole() throws Exception {
    try (var server = right(ONE_READ, "--work", "0ms");
        var client = new RawClient(server.port())) {
      assertThat(client.send("hello, ").send("world\n").receive()).isEqualTo("hello, world");
    }
  }

  @Test
  void when_one_read_is_one_message_half_a_line_is_answered() throws Exception {
    try (var server = wrong(ONE_READ, "--work", "0ms");
        var client = new RawClient(server.port())) {
      assertThat(client.send("hello, ").receive())
          .as("reply of the wrong version of lesson 1 to half a line: its last byte is taken off")
          .isEqualTo("hello,");
    }
  }

  @Test
  void lesson_2_answers_all_that_was_said_before_a_half_close() throws Exception {
    try (var server = right(NO_WAIT, "--work", "100ms")) {
      assertThat(repliesAfterHalfClose(server)).hasSize(8);
    }
  }

  @Test
  void without_waiting_for_replies_in_flight_they_are_lost() throws Exception {
    try (var server = wrong(NO_WAIT, "--work", "30s")) { // it closes at once: nobody waits so long
      assertThat(repliesAfterHalfClose(server))
          .as("replies of the wrong version of lesson 2 to 8 messages and a half-close")
          .isEmpty();
    }
  }

  private static List<String> repliesAfterHalfClose(LessonProcess server) throws IOException {
    try (var client = new RawClient(server.port()).send("1\n2\n3\n4\n5\n6\n7\n8\n").halfClose()) {
      return client.receiveAll();
    }
  }

  @Test
  void lesson_3_serves_on_after_clients_that_went_away() throws Exception {
    try (var server = right(DIES, "--work", "100ms");
        var client = new RawClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        leaveBeforeTheReply(server);
      }
      assertThat(client.send("still there?\n").receive()).isEqualTo("still there?");
    }
  }

  @Test
  void a_handler_that_dies_with_its_message_leaves_a_pool_of_none() throws Exception {
    try (var server = wrong(DIES, "--work", "100ms")) {
      var dead = new HashSet<String>();
      while (dead.size() < 3) {
        leaveBeforeTheReply(server);
        String end = server.line(line -> line.startsWith("Exception in") || line.startsWith(">> "));
        if (end.startsWith("Exception in")) { // else the reply was quicker than this test
          dead.add(end.replaceAll(".*\"(handler \\d)\".*", "$1"));
        }
      }
      assertThat(dead)
          .as("handlers of the wrong version of lesson 3 that ended: with them, the pool of 3")
          .containsExactlyInAnyOrder("handler 1", "handler 2", "handler 3");
    }
  }

  private static void leaveBeforeTheReply(LessonProcess server) throws IOException {
    try (var client = new RawClient(server.port()).send("hello\n")) {
      server.line(line -> line.startsWith("<< "));
      client.reset();
    }
  }

  @Test
  void lesson_4_needs_no_more_handlers_for_messages_that_come_one_by_one() throws Exception {
    try (var server = right(GROWS, "--work", "0ms")) {
      assertThat(handlersUsedForMessagesOneByOne(server)).hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void a_pool_that_asks_a_synchronous_queue_for_room_grows_for_ever() throws Exception {
    try (var server = wrong(GROWS, "--work", "0ms")) {
      assertThat(handlersUsedForMessagesOneByOne(server))
          .as("handlers that the wrong version of lesson 4 used for 60 messages, never two at once")
          .hasSizeGreaterThan(20);
    }
  }

  private static Set<String> handlersUsedForMessagesOneByOne(LessonProcess server)
      throws IOException {
    var handlers = new HashSet<String>();
    try (var client = new RawClient(server.port())) {
      for (int i = 0; i < 60; i++) {
        client.send("hello\n").receive();
        String end = server.line(line -> line.startsWith(">> "));
        handlers.add(end.replaceFirst(".* handler ", ""));
      }
    }
    return handlers;
  }

  private LessonProcess right(String patch, String... options) throws IOException {
    return LessonProcess.start(COURSE, new LessonPatch(patch).lesson(), Map.of(), folder, options);
  }

  private LessonProcess wrong(String patch, String... options) throws IOException {
    var version = new LessonPatch(patch);
    try {
      return LessonProcess.start(COURSE, version.lesson(), version.apply(COURSE), folder, options);
    } catch (PatchFailedException e) {
      throw new AssertionError(
          patch
              + " no longer fits its lesson ("
              + e.getMessage()
              + "): run\n  "
              + Course.REGENERATE,
          e);
    }
  }
}
