package course.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MainTest {
  @Test
  void numbers_are_sent_and_their_replies_printed() throws IOException {
    try (var server = EchoServer.start()) {
      var run = client(server, "--messages", "3", "--every", "1ms");
      assertThat(run.status()).isZero();
      assertThat(run.out())
          .contains(">> 1", ">> 2", ">> 3", "<< 1", "<< 2", "<< 3")
          .endsWith("3 of 3 messages were answered");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void sending_does_not_wait_for_replies() throws IOException {
    try (var server = EchoServer.start(socket -> answerOnceAllHaveCome(socket, 50))) {
      var run = client(server, "--messages", "50", "--every", "0ms");
      assertThat(run.status())
          .as("this server answers nothing before the 50th message has come")
          .isZero();
    }
  }

  @Test
  void replies_in_another_order_are_as_good() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          for (var message : readAll(socket).reversed()) {
            EchoServer.answer(message, socket.getOutputStream());
          }
        })) {
      var run = client(server, "--messages", "3", "--every", "0ms");
      assertThat(run.status()).isZero();
      assertThat(run.out()).containsSubsequence("<< 3", "<< 2", "<< 1");
    }
  }

  @Test
  void the_server_sees_the_end_after_the_last_message_and_its_late_replies_still_count()
      throws IOException {
    try (var server =
        EchoServer.start(socket -> { // nothing is answered before the client's end of stream is
          // here
          for (var message : readAll(socket)) {
            EchoServer.answer(message, socket.getOutputStream());
          }
        })) {
      assertThat(client(server, "--messages", "3", "--every", "0ms").status()).isZero();
    }
  }

  @Test
  void a_server_that_keeps_the_connection_open_does_not_hold_a_client_that_has_all_its_replies()
      throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          EchoServer.echo(socket);
          new CountDownLatch(1).await(); // until the test closes the server
        })) {
      assertThat(client(server, "--messages", "3", "--every", "0ms").status()).isZero();
    }
  }

  @Test
  void a_reply_that_nobody_asked_for_is_a_failure() throws IOException {
    try (var server =
        EchoServer.replying((message, out) ->
            EchoServer.answer(
                new String(message, ISO_8859_1).equals("2") ? new byte[] {'?'} : message, out))) {
      var run = client(server, "--messages", "3", "--every", "0ms");
      assertThat(run.status()).isOne();
      assertThat(run.out()).anyMatch(line -> line.startsWith("<< ?") && line.contains("wrong"));
      assertThat(run.err()).containsExactly("wrong replies: 1: 2 of 3 messages were answered");
    }
  }

  @Test
  void a_second_reply_to_the_same_message_is_a_failure_even_after_all_were_answered()
      throws IOException {
    try (var server =
        EchoServer.replying((message, out) -> {
          EchoServer.answer(message, out);
          EchoServer.answer(message, out);
        })) {
      var run = client(server, "--messages", "1");
      assertThat(run.status()).isOne();
      assertThat(run.err()).containsExactly("wrong replies: 1: 1 of 1 messages were answered");
    }
  }

  @Test
  void a_lost_reply_is_a_failure() throws IOException {
    try (var server =
        EchoServer.replying((message, out) -> {
          if (message[0] != '2') {
            EchoServer.answer(message, out);
          }
        })) {
      var run = client(server, "--messages", "3", "--every", "0ms");
      assertThat(run.status()).isOne();
      assertThat(run.err()).containsExactly("server went away: 2 of 3 messages were answered");
    }
  }

  @Test
  void an_endless_client_ends_with_the_server_and_says_how_many_were_answered() throws IOException {
    try (var server =
        EchoServer.start(socket -> {
          for (var message : read(socket, 5).subList(0, 4)) {
            EchoServer.answer(message, socket.getOutputStream());
          }
          socket.shutdownOutput();
          readAll(socket); // a close with messages unread would be a reset, and cost replies
        })) {
      var run = client(server, "--every", "20ms");
      assertThat(run.status()).isOne();
      assertThat(run.err())
          .singleElement()
          .asString()
          .matches("server went away: 4 of \\d+ messages were answered");
    }
  }

  @Test
  void a_reset_ends_a_client_whose_send_is_waiting_for_room() throws IOException {
    var input = new EndlessInput();
    try (var server =
        EchoServer.start(
            socket -> { // reads nothing, so the buffers fill and in the end the sender waits
              input.awaitStandstill();
              EchoServer.reset(socket);
            })) {
      var run = CommandLineRun.withInput(input, "--port", "" + server.port(), "--interactive");
      assertThat(run.status()).isOne();
      assertThat(run.err()).singleElement().asString().startsWith("server went away: 0 of ");
    }
  }

  @Test
  void a_server_that_is_not_there_is_one_line_for_all_clients() throws IOException {
    int port = LineConnectionTest.freePort();
    var run = CommandLineRun.of("--port", "" + port, "--clients", "10", "--messages", "1");
    assertThat(run.status()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .singleElement()
        .asString()
        .startsWith("no server at 127.0.0.1:" + port + " (");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "observe", "load"})
  void an_unknown_host_is_said_as_such(String command) {
    // A name with an empty part can't exist, so nobody is asked for it.
    var words = new ArrayList<>(List.of("--host", "no..such", "--port", "1"));
    if (!command.isEmpty()) {
      words.addFirst(command);
    }
    var run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .singleElement()
        .asString()
        .isEqualTo("unknown host: no..such (name another with --host)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void an_ipv6_address_is_taken_with_brackets_and_without(String host) throws IOException {
    int port = LineConnectionTest.freePort();
    for (String command : List.of("observe", "load")) {
      var run = CommandLineRun.of(command, "--host", host, "--port", "" + port);
      assertThat(run.err()).singleElement().asString().startsWith("no server at [::1]:" + port);
    }
    ServerSocket listening;
    try {
      listening = new ServerSocket(0, 10, InetAddress.ofLiteral("::1"));
    } catch (IOException e) {
      return; // this machine has no IPv6
    }
    try (listening) {
      var echo =
          Thread.startVirtualThread(() -> {
            try (var socket = listening.accept()) {
              socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      var run =
          CommandLineRun.of(
              "--host", host, "--port", "" + listening.getLocalPort(), "--messages", "1");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      echo.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_few_clients_are_counted_each_and_together() throws IOException {
    var connections = new AtomicInteger();
    try (var server =
        EchoServer.start(socket -> {
          if (connections.incrementAndGet() == 1) {
            readAll(socket);
          } else {
            EchoServer.echo(socket);
          }
        })) {
      var run = client(server, "--clients", "3", "--messages", "4", "--every", "0ms");
      assertThat(run.status()).isOne();
      assertThat(run.err())
          .hasSize(4)
          .containsOnlyOnce("server went away: 8 of 12 messages were answered")
          .filteredOn(line -> line.endsWith("0 of 4 messages were answered"))
          .hasSize(1);
    }
  }

  @Test
  void a_thousand_clients_lose_nothing() throws IOException {
    try (var server = EchoServer.start()) {
      var run = client(server, "--clients", "1000", "--messages", "5", "--every", "0ms");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      assertThat(run.out()).endsWith("5000 of 5000 messages were answered").hasSize(10_001);
    }
  }

  @Test
  void what_is_typed_comes_back_byte_for_byte_and_also_the_last_line_without_an_ending()
      throws IOException {
    try (var server = EchoServer.start()) {
      var run =
          CommandLineRun.withInput(
              "a\r\n\n\u00ff\u0000\na\nlast", "--port", "" + server.port(), "--interactive");
      assertThat(run.out())
          .containsExactly(
              "<< a", "<< ", "<< \u00ff\u0000", "<< a", "<< last", "5 of 5 messages were answered");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void an_interactive_client_ends_with_the_server_although_nobody_types() throws IOException {
    try (var keyboard = new PipedOutputStream();
        var input = new PipedInputStream(keyboard);
        var server =
            EchoServer.replying((message, out) -> {
              EchoServer.answer(message, out);
              throw new IOException("the server goes away");
            })) {
      keyboard.write("hello\n".getBytes(ISO_8859_1));
      var run = CommandLineRun.withInput(input, "--port", "" + server.port(), "--interactive");
      assertThat(run.out()).containsExactly("<< hello");
      assertThat(run.err()).containsExactly("server went away: 1 of 1 messages were answered");
      assertThat(run.status()).isOne();
    }
  }

  @Test
  void a_typed_line_that_is_too_long_is_a_failure_but_those_before_it_are_answered()
      throws IOException {
    try (var server = EchoServer.start()) {
      var run =
          CommandLineRun.withInput(
              "one\n" + "x".repeat(8193) + "\ntwo\n",
              "--port",
              "" + server.port(),
              "--interactive");
      assertThat(run.out()).containsExactly("<< one");
      assertThat(run.err())
          .containsExactly(
              "stopped sending at a line longer than 8192 bytes: 1 of 1 messages were answered");
      assertThat(run.status()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port 0",
        "--port 65536",
        "--port x",
        "--clients 0",
        "--messages 0",
        "--every 5",
        "--every -1s",
        "--interactive --clients 2",
        "--port 9191 load",
        "--nonsense",
        "nonsense"
      })
  void unusable_options_are_one_line_and_status_2(String args) {
    var words = List.of(args.split(" ", -1));
    var run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(words.getFirst());
  }

  @Test
  void help_names_every_option() {
    var run = CommandLineRun.of("--help");
    assertThat(run.status()).isZero();
    assertThat(String.join("\n", run.out()))
        .contains("--host", "--port", "--clients", "--messages", "--every", "--interactive");
  }

  private static CommandLineRun client(EchoServer server, String... args) {
    var all = new ArrayList<>(List.of("--port", "" + server.port()));
    all.addAll(List.of(args));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static List<byte[]> readAll(Socket socket) throws IOException {
    return read(socket, Integer.MAX_VALUE);
  }

  private static List<byte[]> read(Socket socket, int count) throws IOException {
    var reader = new LineReader(socket.getInputStream(), LineConnection.MAX_MESSAGE_BYTES);
    var messages = new ArrayList<byte[]>();
    while (messages.size() < count) {
      var message = reader.read();
      if (message.isEmpty()) {
        break;
      }
      messages.add(message.get());
    }
    return messages;
  }

  private static void answerOnceAllHaveCome(Socket socket, int count) throws IOException {
    for (var message : read(socket, count)) {
      EchoServer.answer(message, socket.getOutputStream());
    }
  }

  /** Long lines without end. */
  private static final class EndlessInput extends InputStream {
    private final AtomicInteger reads = new AtomicInteger();

    /**
     * Until nobody has read for a while. Taken too early, on a slow machine, the test still holds:
     * it only tests a little less.
     */
    void awaitStandstill() throws InterruptedException {
      for (int before = -1; before != reads.get() || before == 0; ) {
        before = reads.get();
        if (new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
          throw new AssertionError();
        }
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 'x');
      bytes[offset + length - 1] = '\n';
      reads.incrementAndGet();
      return length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }
  }
}
