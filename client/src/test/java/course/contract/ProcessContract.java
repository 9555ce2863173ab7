package course.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every lesson's jar does as a process: streams, exit status, signals, memory. */
@Timeout(value = 120) // bounds a hang
public abstract class ProcessContract {
  @Test
  void it_says_where_it_listens_and_when_each_message_begins_and_is_answered() throws Exception {
    try (var server = start("--port", "0", "--work", "0ms");
        var client = new RawClient(server.port())) {
      client.send("hello\n");
      assertThat(client.receive()).isEqualTo("hello");
      assertThat(server.line()).startsWith("<< connection 1 message 1");
      assertThat(server.line()).startsWith(">> connection 1 message 1");
    }
  }

  @Test
  void it_says_nothing_of_messages_when_quiet() throws Exception {
    try (var server = start("--port", "0", "--work", "0ms", "--quiet")) {
      try (var client = new RawClient(server.port())) {
        client.send("hello\n");
        assertThat(client.receive()).isEqualTo("hello");
      }
      server.terminate();
      assertThat(server.line()).as("standard output after its first line").isNull();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void it_ends_on_a_signal_without_a_word_even_while_it_works() throws Exception {
    try (var server = start("--port", "0", "--work", "1000s");
        var client = new RawClient(server.port())) {
      client.send("hello\n");
      assertThat(server.line()).startsWith("<<"); // it works, for a long time
      server.terminate();
      assertThat(server.awaitExit()).as("128 + SIGTERM").isEqualTo(128 + 15);
      assertThat(server.awaitErrors()).isEmpty();
    }
  }

  @Test
  void a_port_in_use_is_one_clear_line_and_exit_status_2() throws Exception {
    try (var first = start("--port", "0")) {
      int port = first.port();
      try (var second = start("--port", String.valueOf(port))) {
        assertThat(second.awaitErrors())
            .startsWith("server at 127.0.0.1:" + port + ": Address already in use")
            .hasLineCount(1);
        assertThat(second.awaitExit()).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port x",
        "--port 70000",
        "--port -1",
        "--port",
        "--work soon",
        "--work 2s-1s",
        "--work -1s",
        "--handlers 0",
        "--handlers many",
        "--host no.such.host.invalid",
        "--nonsense",
        "stray"
      })
  void an_unusable_option_is_one_clear_line_and_exit_status_2(String options) throws Exception {
    try (var server = start(options.split(" "))) {
      assertThat(server.awaitErrors()).startsWith("server").endsWith("see --help").hasLineCount(1);
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.line()).as("standard output").isNull();
    }
  }

  @Test
  void help_goes_to_standard_output() throws Exception {
    try (var server = start("--help")) {
      assertThat(server.line()).startsWith("Usage: server");
      assertThat(server.awaitErrors()).isEmpty();
      assertThat(server.awaitExit()).isEqualTo(0);
    }
  }

  @Test
  void a_line_without_an_end_takes_bounded_memory() throws Exception {
    var little = List.of("-Xmx32m", "-XX:+ExitOnOutOfMemoryError");
    try (var server = ServerProcess.start(little, "--port", "0", "--work", "0ms", "--quiet")) {
      int port = server.port();
      for (int i = 0; i < 3; i++) {
        try (var client = new RawClient(port)) {
          byte[] megabyte = new byte[1 << 20];
          for (int sent = 0; sent < 100; sent++) {
            client.send(megabyte);
          }
          client.halfClose();
          assertThat(client.receiveAll()).containsExactly("ERROR message longer than 8192 bytes");
        }
      }
    }
  }

  private static ServerProcess start(String... options) throws Exception {
    return ServerProcess.start(List.of(), options);
  }
}
