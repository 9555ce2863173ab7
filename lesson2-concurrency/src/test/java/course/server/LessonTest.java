package course.server;

import static org.assertj.core.api.Assertions.assertThat;

import course.contract.Crowd;
import course.contract.DeafClient;
import course.contract.Gate;
import course.contract.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is new in this lesson. */
@Timeout(value = 120) // bounds a hang
class LessonTest {
  @Test
  void all_messages_of_a_connection_are_handled_at_once() throws Exception {
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
  void a_quick_message_overtakes_a_slow_one() throws Exception {
    var slow = Gate.holding("slow");
    try (var server = TestServer.start(slow::on);
        var client = new RawClient(server.port())) {
      client.send("slow\nquick\n");
      assertThat(client.receive()).isEqualTo("quick");
      slow.open();
      assertThat(client.receive()).isEqualTo("slow");
    }
  }

  @Test
  void a_client_that_never_reads_keeps_no_other_waiting() throws Exception {
    try (var server = TestServer.start(_ -> {});
        var deaf = new DeafClient(server.port());
        var other = new RawClient(server.port())) {
      int seconds = 0; // in which the server read nothing: that bounds a hang, and decides nothing
      while (deaf.sent() < 20 << 20) { // far more than the kernel keeps
        if (deaf.awaitRoom()) {
          deaf.sendWhatFits();
        } else {
          assertThat(++seconds)
              .as("seconds with no room after %d bytes", deaf.sent())
              .isLessThan(60);
        }
      }
      assertThat(other.send("ping\n").receive()).isEqualTo("ping");
    }
  }

  @Test
  void a_hundred_thousand_messages_can_be_in_flight() throws Exception {
    var gate = Gate.holdingAll();
    try (var server = TestServer.start(gate::on)) {
      Crowd.assertAllInFlightAtOnce(server.port(), gate);
    }
  }
}
