package course.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import course.common.Work;
import course.contract.DeafClient;
import course.contract.Gate;
import course.contract.RawClient;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is new in this lesson. */
@Timeout(value = 120) // bounds a hang
class LessonTest {
  @Test
  void a_fourth_message_waits_while_all_three_handlers_are_busy() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on);
        var client = new RawClient(server.port())) {
      client.send("1\n2\n3\n4\n");
      gate.awaitEntered(3);
      gate.assertNobodyElseEnters("4 messages were handled at once by a pool of 3");
      gate.letOneGo();
      gate.awaitEntered(1); // the fourth
      gate.open();
      assertThat(client.receive(4)).containsExactlyInAnyOrder("1", "2", "3", "4");
    }
  }

  @Test
  void the_pool_belongs_to_the_server_and_not_to_a_connection() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on);
        var a = new RawClient(server.port());
        var b = new RawClient(server.port())) {
      a.send("1\n2\n3\n");
      gate.awaitEntered(3);
      b.send("4\n");
      gate.assertNobodyElseEnters("B's message was handled while A's had all three handlers");
      gate.open();
      assertThat(b.receive()).isEqualTo("4");
    }
  }

  @Test
  void a_client_that_sends_faster_than_the_pool_handles_is_held_back_by_tcp() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on);
        var client = new DeafClient(server.port())) {
      fill(client);
    }
  }

  @Test
  void a_client_that_never_reads_keeps_all_others_waiting() throws Exception {
    try (var server = TestServer.start(_ -> {});
        var deaf = new DeafClient(server.port());
        var other = new RawClient(server.port());
        var patience = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> reply;
      int pings = 0;
      do { // until all three handlers wait for the client that never reads
        fill(deaf);
        assertThat(++pings).as("pings, the last one answered too").isLessThanOrEqualTo(10);
        other.send("ping\n");
        reply = patience.submit(() -> other.receive());
      } while (comes(reply));
      deaf.hangUp();
      assertThat(reply.get()).as("the reply, once the other client is gone").isEqualTo("ping");
    }
  }

  /** Sends until the server reads no more. */
  private static void fill(DeafClient client) throws IOException {
    while (client.awaitRoom()) {
      client.sendWhatFits();
      assertThat(client.sent()).as("bytes that a busy pool lets in").isLessThan(64 << 20);
    }
  }

  private static boolean comes(Future<String> reply) throws Exception {
    try {
      reply.get(250, MILLISECONDS); // one that comes later is awaited below: nothing is lost
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Test
  void a_handler_outlives_a_message_whose_work_fails() throws Exception {
    Work failing =
        message -> {
          if (message[0] == 'b') {
            throw new IllegalStateException("work that fails, on purpose");
          }
        };
    try (var server = TestServer.start(failing);
        var client = new RawClient(server.port())) {
      client.send("bad\nbad\nbad\nbad\ngood\n").halfClose(); // more than there are handlers
      assertThat(client.receiveAll()).containsExactly("good");
    }
  }
}
