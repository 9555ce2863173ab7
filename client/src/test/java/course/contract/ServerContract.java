package course.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every lesson's server does, whatever its threads. Each lesson runs it on its own server; the
 * work is injected, so that latches decide what happens first, and no clock.
 */
@Timeout(value = 120) // bounds a hang
public abstract class ServerContract {
  private static final String TOO_LONG = "ERROR message longer than 8192 bytes";
  private static final Work NO_WORK = _ -> {};

  /** What handling a message does, between reading it and replying to it. */
  @FunctionalInterface
  public interface Work {
    void on(byte[] message) throws InterruptedException;
  }

  /** A server under test, ready for clients. */
  public interface RunningServer extends AutoCloseable {
    int port();

    @Override
    void close();
  }

  /** Starts a server on a free port of this machine; pools have three handlers. */
  protected abstract RunningServer start(Work work) throws IOException;

  @Test
  void another_connection_is_served_while_a_handler_is_busy() throws Exception {
    var slow = Gate.holding("slow");
    try (var server = start(slow);
        var a = new RawClient(server.port());
        var b = new RawClient(server.port())) {
      a.send("slow\n");
      slow.awaitEntered(1);
      b.send("quick\n");
      assertThat(b.receive()).as("B's reply while A's handler is at work").isEqualTo("quick");
      slow.open();
      assertThat(a.receive()).isEqualTo("slow");
    }
  }

  @Test
  void a_client_that_half_closes_gets_every_reply_before_the_server_closes() throws Exception {
    var last = Gate.holding("3");
    try (var server = start(last);
        var client = new RawClient(server.port())) {
      client.send("1\n2\n3\n").halfClose();
      last.awaitEntered(1);
      last.open();
      assertThat(client.receiveAll()).containsExactlyInAnyOrder("1", "2", "3");
    }
  }

  @Test
  void the_bytes_between_line_ends_come_back_unchanged() throws Exception {
    String everyByte =
        IntStream.range(0, 256)
            .filter(b -> b != '\n')
            .collect(StringBuilder::new, (s, b) -> s.append((char) b), StringBuilder::append)
            .toString();
    for (String message : List.of("", "a", " ", "\r\r", "a\rb", "\r", everyByte, "\u00ff\u00fe")) {
      assertReplies(message + "\r\n", message);
    }
    assertReplies("a\n\nb\r\n\n", "a", "", "b", "");
  }

  @Test
  void a_last_line_without_a_line_end_is_a_message_too() throws Exception {
    assertReplies("a\nb\nc", "a", "b", "c");
    assertReplies("c", "c");
    assertReplies("c\r", "c\r");
    assertReplies("");
  }

  @Test
  void a_message_may_come_one_byte_at_a_time() throws Exception {
    try (var server = start(NO_WORK);
        var client = new RawClient(server.port())) {
      for (char c : "one\r\ntwo\n".toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.receive(2)).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void a_reply_does_not_wait_for_the_rest_of_the_next_message() throws Exception {
    try (var server = start(NO_WORK);
        var client = new RawClient(server.port())) {
      client.send("first\nsec");
      assertThat(client.receive()).isEqualTo("first");
      client.send("ond\n");
      assertThat(client.receive()).isEqualTo("second");
    }
  }

  @Test
  void a_thousand_messages_may_come_in_one_packet() throws Exception {
    String[] messages = numbers(1_000);
    assertReplies(String.join("\n", messages) + "\n", messages);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", ""})
  void a_message_of_8192_bytes_is_answered_and_one_byte_more_is_not(String lineEnd)
      throws Exception {
    assertReplies("x".repeat(8_192) + lineEnd, "x".repeat(8_192));
    assertReplies("x".repeat(8_193) + lineEnd, TOO_LONG);
  }

  @Test
  void a_line_that_is_too_long_is_refused_as_soon_as_that_is_clear() throws Exception {
    try (var server = start(NO_WORK);
        var client = new RawClient(server.port())) {
      client.send("x".repeat(8_193));
      assertThat(client.receiveAll()).containsExactly(TOO_LONG);
    }
  }

  @Test
  void messages_before_a_line_that_is_too_long_are_answered_and_none_after_it() throws Exception {
    var slow = Gate.holding("slow");
    try (var server = start(slow);
        var client = new RawClient(server.port())) {
      client.send("slow\n" + "x".repeat(9_000) + "\nafter\n");
      slow.awaitEntered(1);
      slow.open();
      assertThat(client.receiveAll()).containsExactly("slow", TOO_LONG);
    }
  }

  @Test
  void a_hundred_megabytes_without_a_line_end_cost_that_connection_only() throws Exception {
    try (var server = start(NO_WORK);
        var other = new RawClient(server.port());
        var flood = new RawClient(server.port())) {
      byte[] megabyte = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        flood.send(megabyte);
      }
      flood.halfClose();
      assertThat(flood.receiveAll()).as("no reset before this reply").containsExactly(TOO_LONG);
      other.send("still here\n");
      assertThat(other.receive()).isEqualTo("still here");
    }
  }

  @Test
  void a_client_that_dies_in_the_middle_of_a_message_harms_nobody() throws Exception {
    try (var server = start(NO_WORK);
        var other = new RawClient(server.port())) {
      for (int i = 0; i < 20; i++) {
        new RawClient(server.port()).send("half a mess").reset();
        new RawClient(server.port()).reset();
        other.send("ping\n");
        assertThat(other.receive()).isEqualTo("ping");
      }
    }
  }

  @Test
  void clients_that_die_before_their_replies_harm_nobody() throws Exception {
    var slow = Gate.holding("slow");
    try (var server = start(slow);
        var other = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) { // a handler of three is left for the other client
        var dying = new RawClient(server.port()).send("slow\n");
        slow.awaitEntered(1);
        dying.reset();
      }
      slow.open();
      for (int i = 0; i < 20; i++) { // every handler gets its turn
        other.send("ping\n");
        assertThat(other.receive()).isEqualTo("ping");
      }
    }
  }

  @Test
  void each_of_a_thousand_connections_gets_exactly_its_replies() throws Exception {
    try (var server = start(NO_WORK);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<List<String>>>();
      var connected = new CountDownLatch(1_000);
      for (int c = 0; c < 1_000; c++) {
        String name = "client " + c + " message ";
        all.add(
            clients.submit(() -> {
              try (var client = new RawClient(server.port())) {
                connected.countDown();
                connected.await(); // all are connected at once
                for (int m = 0; m < 20; m++) {
                  client.send(name + m + "\n");
                }
                return client.halfClose().receiveAll();
              }
            }));
      }
      for (int c = 0; c < 1_000; c++) {
        String name = "client " + c + " message ";
        assertThat(all.get(c).get())
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 20).mapToObj(m -> name + m).toList());
      }
    }
  }

  @Test
  void replies_go_out_whole_and_never_mix() throws Exception {
    String[] messages = numbers(500);
    for (int i = 0; i < messages.length; i++) {
      messages[i] = (messages[i] + " ").repeat(8_000 / (messages[i].length() + 1));
    }
    try (var server = start(NO_WORK);
        var client = new RawClient(server.port());
        var sender = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sent =
          sender.submit(() -> client.send(String.join("\n", messages) + "\n").halfClose());
      assertThat(client.receiveAll()).containsExactlyInAnyOrder(messages);
      sent.get();
    }
  }

  @Test
  void close_ends_what_is_at_work_and_every_connection_and_listens_no_more() throws Exception {
    var slow = Gate.holding("slow");
    var server = start(slow);
    try (var busy = new RawClient(server.port());
        var idle = new RawClient(server.port())) {
      busy.send("slow\n");
      slow.awaitEntered(1);
      idle.send("ping\n");
      assertThat(idle.receive()).isEqualTo("ping");
      server.close();
      slow.awaitInterrupted();
      assertEnds(busy);
      assertEnds(idle);
      assertThatThrownBy(() -> new RawClient(server.port())).isInstanceOf(ConnectException.class);
    } finally {
      server.close(); // once more is harmless
    }
  }

  /**
   * Random bytes, cut at random, from clients that half-close or die at random; beside them one
   * that behaves. {@code -Dseed=…}, with the number from a failure, sends the same bytes again.
   */
  @Test
  void whatever_clients_send_the_others_are_answered() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (var server = start(NO_WORK);
        var wellBehaved = new RawClient(server.port());
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var fuzz = new ArrayList<Future<?>>();
      for (int i = 0; i < 300; i++) {
        var random = new SplittableRandom(seed + i);
        fuzz.add(clients.submit(() -> sendAnything(server.port(), random)));
        String ping = "ping " + i;
        wellBehaved.send(ping + "\n");
        assertThat(wellBehaved.receive()).as("with -Dseed=%d", seed).isEqualTo(ping);
      }
      for (var client : fuzz) {
        assertThat(client).as("with -Dseed=%d", seed).succeedsWithin(Duration.ofSeconds(60));
      }
    }
  }

  private static Void sendAnything(int port, SplittableRandom random) throws IOException {
    byte[] bytes = anything(random);
    try (var client = new RawClient(port)) {
      for (int from = 0, to; from < bytes.length; from = to) {
        to = Math.min(bytes.length, from + 1 + random.nextInt(1 << random.nextInt(14)));
        client.send(Arrays.copyOfRange(bytes, from, to));
        if (random.nextInt(50) == 0) {
          client.reset();
          return null;
        }
      }
      assertThat(client.halfClose().receiveAll())
          .containsExactlyInAnyOrderElementsOf(repliesTo(new String(bytes, ISO_8859_1)));
    }
    return null;
  }

  /** A few lines of random bytes, most of them short, some about as long as a message may be. */
  private static byte[] anything(SplittableRandom random) {
    var bytes = new ByteArrayOutputStream();
    for (int lines = random.nextInt(20); lines > 0; lines--) {
      int length = random.nextInt(10) == 0 ? 8_188 + random.nextInt(8) : random.nextInt(50);
      for (int i = 0; i < length; i++) {
        bytes.write(random.nextInt(256));
      }
      bytes.writeBytes(random.nextBoolean() ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
    }
    bytes.write(random.nextInt(256));
    return bytes.toByteArray();
  }

  /** The rules of the wire once more, on a whole text. */
  private static List<String> repliesTo(String text) {
    var replies = new ArrayList<String>();
    for (var lines = Pattern.compile("([^\\n]*)(\\n|$)").matcher(text); lines.find(); ) {
      String line = lines.group(1);
      boolean ended = !lines.group(2).isEmpty();
      if (!ended && line.isEmpty()) {
        break;
      }
      String message = ended && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (message.length() > 8_192) {
        replies.add(TOO_LONG);
        break;
      }
      replies.add(message);
    }
    return replies;
  }

  /** All that a client which sends {@code text} and half-closes must get, in any order. */
  private void assertReplies(String text, String... replies) throws IOException {
    try (var server = start(NO_WORK);
        var client = new RawClient(server.port())) {
      client.send(text).halfClose();
      assertThat(client.receiveAll()).containsExactlyInAnyOrder(replies);
    }
  }

  private static void assertEnds(RawClient client) {
    try {
      assertThat(client.receive()).as("a reply from a server that is closed").isNull();
    } catch (IOException e) {
      // A reset ends a connection too.
    }
  }

  private static String[] numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toArray(String[]::new);
  }
}
