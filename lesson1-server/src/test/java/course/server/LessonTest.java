package course.server;

import static org.assertj.core.api.Assertions.assertThat;

import course.contract.Gate;
import course.contract.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is new in this lesson. */
@Timeout(value = 120) // bounds a hang
class LessonTest {
  @Test
  void a_message_is_not_handled_before_the_one_in_front_of_it_is_answered() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on);
        var client = new RawClient(server.port())) {
      client.send("1\n2\n3\n");
      gate.awaitEntered(1);
      gate.assertNobodyElseEnters("message 2 is handled although message 1 is not answered yet");
      gate.letOneGo();
      assertThat(client.receive()).isEqualTo("1");
      gate.open();
      assertThat(client.receive(2)).containsExactly("2", "3");
    }
  }

  @Test
  void replies_come_in_the_order_of_the_messages() throws Exception {
    try (var server = TestServer.start(_ -> {});
        var client = new RawClient(server.port())) {
      client.send("1\n2\n3\n4\n5\n").halfClose();
      assertThat(client.receiveAll()).containsExactly("1", "2", "3", "4", "5");
    }
  }

  @Test
  void a_reply_does_not_wait_while_the_next_message_is_handled() throws Exception {
    var slow = Gate.holding("slow");
    try (var server = TestServer.start(slow::on);
        var client = new RawClient(server.port())) {
      client.send("quick\nslow\n"); // in one packet
      slow.awaitEntered(1);
      assertThat(client.receive()).isEqualTo("quick");
      slow.open();
      assertThat(client.receive()).isEqualTo("slow");
    }
  }
}
