package course.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import course.contract.Gate;
import course.contract.RawClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
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
        var client =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        var writable = Selector.open()) {
      client.configureBlocking(false);
      client.register(writable, SelectionKey.OP_WRITE);
      byte[] messages = "message\n".repeat(10_000).getBytes(US_ASCII);
      long sent = 0;
      while (writable.select(1_000) > 0) { // none for a second: the kernel's buffers are full
        writable.selectedKeys().clear();
        sent += client.write(ByteBuffer.wrap(messages));
        assertThat(sent).as("bytes sent while all handlers are busy").isLessThan(64 << 20);
      }
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
