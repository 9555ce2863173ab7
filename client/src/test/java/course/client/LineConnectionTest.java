package course.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineConnectionTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration AMPLE = Duration.ofSeconds(20);

  @Test
  void what_is_sent_comes_back() throws IOException {
    try (var server = EchoServer.start();
        var connection = connect(server)) {
      connection.send("hello");
      connection.send("");
      connection.send(new byte[] {(byte) 0xff, 0, (byte) 0xc3});
      assertThat(text(connection.receive(AMPLE))).isEqualTo("hello");
      assertThat(text(connection.receive())).isEmpty();
      assertThat(connection.receive(AMPLE)).hasValue(new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    }
  }

  @Test
  void replies_still_come_after_a_half_close_and_then_the_end() throws IOException {
    try (var server = EchoServer.start();
        var connection = connect(server)) {
      connection.send("last words");
      connection.shutdownOutput();
      assertThat(text(connection.receive(AMPLE))).isEqualTo("last words");
      assertThat(connection.receive(AMPLE)).isEmpty();
      assertThat(connection.receive(AMPLE)).isEmpty();
    }
  }

  @Test
  void a_message_of_8192_bytes_is_sent_and_one_byte_more_is_refused() throws IOException {
    try (var server = EchoServer.start();
        var connection = connect(server)) {
      assertThatThrownBy(() -> connection.send("x".repeat(8193)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> connection.send("two\nlines"))
          .isInstanceOf(IllegalArgumentException.class);
      connection.send("y".repeat(8192));
      assertThat(text(connection.receive(AMPLE)))
          .as("nothing of what was refused may have been sent")
          .isEqualTo("y".repeat(8192));
    }
  }

  @Test
  void a_reply_that_does_not_come_in_time_is_a_time_out_and_may_still_be_had_later()
      throws IOException {
    var timedOut = new CountDownLatch(1);
    try (var server =
            EchoServer.start(socket -> {
              socket.getOutputStream().write("la".getBytes(UTF_8));
              timedOut.await();
              socket.getOutputStream().write("te\n".getBytes(UTF_8));
            });
        var connection = connect(server)) {
      assertThatThrownBy(() -> connection.receive(SOON)).isInstanceOf(SocketTimeoutException.class);
      timedOut.countDown();
      assertThat(text(connection.receive(AMPLE))).isEqualTo("late");
    }
  }

  @Test
  void a_reply_that_drips_in_for_ever_is_a_time_out_too() throws IOException {
    try (var server =
            EchoServer.start(socket -> {
              while (true) {
                socket.getOutputStream().write('x');
              }
            });
        var connection = connect(server)) {
      assertThatThrownBy(() -> connection.receive(SOON))
          .as("the time-out is for the whole line, not for each byte of it")
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void closing_ends_a_receive_that_waits_in_another_thread() throws Exception {
    var held = new CountDownLatch(1);
    try (var server = EchoServer.start(socket -> held.await())) {
      var connection = connect(server);
      var outcome = new AtomicReference<Throwable>();
      var receiver =
          Thread.startVirtualThread(() -> {
            try {
              connection.receive();
            } catch (IOException e) {
              outcome.set(e);
            }
          });
      connection.close();
      receiver.join();
      assertThat(outcome.get()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_reset_connection_is_an_error_and_not_an_end() throws IOException {
    try (var server =
            EchoServer.start(socket -> {
              socket.getInputStream().readNBytes(1); // or the reset could end the connect
              EchoServer.reset(socket);
            });
        var connection = connect(server)) {
      connection.send("x");
      assertThatThrownBy(() -> connection.receive(AMPLE)).hasMessageContaining("reset");
    }
  }

  @Test
  void a_server_that_is_not_there_is_an_error() throws IOException {
    int port = freePort();
    assertThatThrownBy(() -> LineConnection.connect("127.0.0.1", port, AMPLE))
        .isInstanceOf(IOException.class);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static LineConnection connect(EchoServer server) throws IOException {
    return LineConnection.connect("127.0.0.1", server.port(), AMPLE);
  }

  private static String text(Optional<byte[]> line) {
    return new String(line.orElseThrow(), UTF_8);
  }
}
