package course.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import course.client.CommandLineRun;
import course.client.EchoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time-out bounds a hang. */
@Timeout(60)
class NeverReadTest {
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  @Test
  void at_a_server_that_never_reads_each_socket_gets_full_and_stays_open() throws Exception {
    try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var running = start(listening.getLocalPort(), 2);
      assertThat(said.take()).matches(full());
      assertThat(said.take()).matches(full());
      try (var client = listening.accept()) { // read by a server at last, it goes on
        assertThat(client.getInputStream().readNBytes(200_000)).hasSize(200_000);
      }
      assertThat(stop(running)).as("a connection is still open").isTrue();
    }
  }

  @Test
  void a_server_that_reads_and_replies_is_held_up_by_the_replies_that_nobody_reads()
      throws Exception {
    try (var server = EchoServer.start()) {
      var running = start(server.port(), 1);
      assertThat(said.take())
          .as("an echo blocks in its write, so it reads no more, and the client's socket is full")
          .matches(full());
      stop(running);
    }
  }

  @Test
  void sending_to_a_server_that_reads_all_stops_before_its_memory_is_full() throws Exception {
    try (var server =
        EchoServer.start(socket -> {
          byte[] buffer = new byte[100_000];
          while (socket.getInputStream().read(buffer) >= 0) {}
        })) {
      var running = start(server.port(), 1);
      assertThat(said.take()).matches("connection 1: not full after 67,1\\d\\d,\\d{3} bytes: .*");
      stop(running);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_server_that_goes_away_is_noticed_while_sending_and_when_full(boolean full)
      throws Exception {
    var go = new CountDownLatch(full ? 1 : 0);
    try (var server =
        EchoServer.start(socket -> {
          socket.getInputStream().readNBytes(1);
          go.await();
          EchoServer.reset(socket);
        })) {
      var running = start(server.port(), 1);
      if (full) {
        assertThat(said.take()).matches(full());
        go.countDown();
      }
      assertThat(said.take()).matches("connection 1: the server closed it after [\\d,]+ bytes");
      assertThat(running.task().get()).as("a connection is open").isFalse();
    }
  }

  @Test
  void it_ends_with_its_duration_and_status_0() throws IOException {
    try (var server = EchoServer.start()) {
      var run =
          CommandLineRun.of("load", "--never-read", "--duration=1ms", "--port=" + server.port());
      assertThat(run.status()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out().getFirst())
          .isEqualTo(
              "sending to 127.0.0.1:%d without reading a reply; Ctrl-C ends it"
                  .formatted(server.port()));
    }
  }

  @Test
  void a_server_that_is_not_there_is_one_line_with_status_1() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var run = CommandLineRun.of("load", "--never-read", "--port", "" + port);
    assertThat(run.status()).isOne();
    assertThat(run.err()).singleElement().asString().startsWith("no server at 127.0.0.1:" + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--depth=1", "--rate=1", "--warmup=1s", "--drain=1s", "--json"})
  void what_is_measured_otherwise_is_refused(String other) {
    var run = CommandLineRun.of("load", "--never-read", other);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains(other.replaceFirst("=.*", ""));
  }

  private static String full() {
    return "connection \\d: socket full after [\\d,]{6,} bytes: it has taken none for a second";
  }

  private record Running(Thread thread, FutureTask<Boolean> task) {}

  private Running start(int port, int connections) {
    var task =
        new FutureTask<>(() -> {
          try (var clients = NeverRead.connect("127.0.0.1", port, connections, 8_192, said::add)) {
            return clients.run(null);
          }
        });
    return new Running(Thread.ofPlatform().start(task), task);
  }

  private static boolean stop(Running running) throws Exception {
    running.thread().interrupt();
    return running.task().get();
  }
}
