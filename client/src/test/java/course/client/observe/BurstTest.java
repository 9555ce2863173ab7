package course.client.observe;

import static course.client.observe.ScriptedServer.readAll;
import static course.client.observe.ScriptedServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.client.Limits;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time-out bounds a hang; no test waits for it. */
@Timeout(30)
final class BurstTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void every_line_is_sent_once_and_then_the_sending_side_is_closed() throws Exception {
    try (var server =
        new ScriptedServer(socket -> write(socket, String.join("\n", readAll(socket)) + "\n"))) {
      Timeline timeline = send(server, 3, LONG);
      assertThat(timeline.replies())
          .extracting(Reply::text)
          .as("readAll returns at the half-close only, so an answer shows that it came")
          .containsExactly("1 of 3", "2 of 3", "3 of 3");
      assertThat(timeline.replies()).extracting(Reply::message).containsExactly(1, 2, 3);
      assertThat(timeline.ending()).isEqualTo(Ending.CLOSED);
    }
  }

  @Test
  void a_reply_split_into_single_bytes_is_one_reply() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          socket.setTcpNoDelay(true);
          for (byte b : "1 of 2\r\n2 of 2\n".getBytes(StandardCharsets.US_ASCII)) {
            socket.getOutputStream().write(b);
          }
          readAll(socket);
        })) {
      assertThat(send(server, 2, LONG).answers()).hasSize(2);
    }
  }

  @Test
  void each_reply_is_reported_while_the_burst_goes_on() throws Exception {
    var first = new CountDownLatch(1);
    var seen = new ArrayList<Integer>();
    try (var server =
        new ScriptedServer(socket -> {
          write(socket, "2 of 2\n");
          await(first);
          write(socket, "1 of 2\n");
          readAll(socket);
        })) {
      Burst.send(
          server.address(),
          2,
          LONG,
          reply -> {
            seen.add(reply.message());
            first.countDown();
          });
    }
    assertThat(seen).containsExactly(2, 1);
  }

  @Test
  void nobody_listening_is_an_exception() throws Exception {
    InetSocketAddress address;
    try (var server = new ScriptedServer(_ -> {})) {
      address = server.address();
    }
    assertThatThrownBy(() -> Burst.send(address, 8, LONG, _ -> {}))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void a_connection_that_ends_early_is_closed_as_long_as_the_server_listens() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          readAll(socket);
          write(socket, "1 of 8\n2 o");
        })) {
      Timeline timeline = send(server, 8, LONG);
      assertThat(timeline.ending()).isEqualTo(Ending.CLOSED);
      assertThat(timeline.replies()).as("half a reply is none").hasSize(1);
    }
  }

  @Test
  void a_connection_that_ends_early_with_nobody_listening_means_that_the_server_is_gone()
      throws Exception {
    var self = new AtomicReference<ScriptedServer>();
    var known = new CountDownLatch(1);
    try (var server =
        new ScriptedServer(socket -> {
          readAll(socket);
          write(socket, "1 of 8\n");
          await(known);
          self.get().stopListening();
        })) {
      self.set(server);
      known.countDown();
      assertThat(send(server, 8, LONG).ending()).isEqualTo(Ending.GONE);
    }
  }

  @Test
  void a_reset_is_told_from_an_orderly_end() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          readAll(socket);
          socket.setSoLinger(true, 0);
        })) {
      assertThat(send(server, 8, LONG).ending()).isEqualTo(Ending.RESET);
    }
  }

  @Test
  void a_silent_server_is_left_when_the_patience_ends() throws Exception {
    var done = new CountDownLatch(1);
    try (var server = new ScriptedServer(_ -> await(done))) {
      assertThat(send(server, 8, SHORT).ending()).isEqualTo(Ending.OPEN);
      done.countDown();
    }
  }

  @Test
  void chatter_that_answers_nothing_does_not_prolong_the_wait() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          readAll(socket);
          while (true) {
            write(socket, "."); // a byte each 10 ms: no flood, but no silence either
            LockSupport.parkNanos(10_000_000);
          }
        })) {
      assertThat(send(server, 8, SHORT).ending()).isEqualTo(Ending.OPEN);
    }
  }

  @Test
  void endless_bytes_are_not_kept() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          while (true) {
            socket.getOutputStream().write(new byte[8_192]);
          }
        })) {
      Timeline timeline = send(server, 8, LONG);
      assertThat(timeline.ending()).isEqualTo(Ending.FLOODED);
      assertThat(timeline.replies()).isEmpty();
    }
  }

  @Test
  void endless_lines_are_not_kept() throws Exception {
    try (var server =
        new ScriptedServer(socket -> {
          while (true) {
            write(socket, "x".repeat(8_000) + "\n");
          }
        })) {
      Timeline timeline = send(server, 8, LONG);
      assertThat(timeline.ending()).isEqualTo(Ending.FLOODED);
      assertThat(timeline.replies()).hasSizeLessThan(110);
      assertThat(timeline.replies()).allSatisfy(r -> assertThat(r.text()).hasSize(80));
    }
  }

  @Test
  void replies_without_newlines_are_kept_apart_as_what_they_are() throws Exception {
    try (var server =
        new ScriptedServer(socket -> write(socket, String.join("", readAll(socket))))) {
      Timeline timeline = send(server, 2, LONG);
      assertThat(timeline.unended()).isEqualTo("1 of 22 of 2");
      assertThat(timeline.replies()).isEmpty();
      assertThat(send(server, Limits.Burst.MAXIMUM, LONG).unended())
          .as("longer than a line may be")
          .startsWith("1 of 10002 of 1000")
          .hasSize(80);
    }
    var done = new CountDownLatch(1);
    try (var server =
        new ScriptedServer(socket -> {
          write(socket, "1 of 1");
          await(done);
        })) {
      assertThat(send(server, 1, SHORT).unended()).as("and then silence").isEqualTo("1 of 1");
      done.countDown();
    }
  }

  @Test
  void how_late_this_machine_was_is_measured() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer::readAll)) {
      assertThat(send(server, 1, LONG).late()).isLessThan(LONG);
    }
    try (var lateness = new Lateness()) {
      while (!lateness.longest().isPositive()) { // no thread is woken in no time at all
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void a_thousand_messages_fit() throws Exception {
    try (var server =
        new ScriptedServer(socket -> write(socket, String.join("\n", readAll(socket)) + "\n"))) {
      assertThat(send(server, Limits.Burst.MAXIMUM, LONG).answers()).hasSize(1_000);
    }
  }

  private static Timeline send(ScriptedServer server, int messages, Duration patience)
      throws IOException {
    return Burst.send(server.address(), messages, patience, _ -> {});
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
