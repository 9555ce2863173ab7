package course.server;

import static org.assertj.core.api.Assertions.assertThat;

import course.common.Work;
import course.contract.Crowd;
import course.contract.Gate;
import course.contract.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is new in this lesson. */
@Timeout(value = 120) // bounds a hang
class LessonTest {
  @Test
  void the_pool_of_three_grows_to_eight_when_eight_messages_come_at_once() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on);
        var client = new RawClient(server.port())) {
      client.send("1\n2\n3\n4\n5\n6\n7\n8\n");
      gate.awaitEntered(8);
      gate.open();
      assertThat(client.receive(8))
          .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8");
    }
  }

  @Test
  void a_hundred_thousand_messages_can_be_in_flight() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on)) {
      Crowd.assertAllInFlightAtOnce(server.port(), gate);
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
