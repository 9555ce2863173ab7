package course.client.observe;

import static course.client.observe.ScriptedServer.readAll;
import static course.client.observe.ScriptedServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(30)
final class ObserveCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_right_server_gives_a_timeline_a_name_and_status_0() throws Exception {
    try (var server =
        new ScriptedServer(socket -> write(socket, String.join("\n", readAll(socket)) + "\n"))) {
      assertThat(observe("--port", port(server))).isZero();
    }
    assertThat(out.toString()).contains("\n      8 | ").contains("can't tell").contains("too fast");
  }

  @Test
  void a_wrong_reply_gives_status_1() throws Exception {
    try (var server = new ScriptedServer(socket -> write(socket, "\u0007\n"))) {
      assertThat(observe("--port", port(server), "--messages", "2")).isEqualTo(1);
    }
    assertThat(out.toString())
        .contains("no right reply")
        .contains("\\u0007")
        .doesNotContain("\u0007");
  }

  @Test
  void a_burst_that_may_come_in_another_order_next_time_is_sent_twice_more() throws Exception {
    var looks = new AtomicInteger();
    try (var server =
        new ScriptedServer(socket -> {
          List<String> lines = readAll(socket);
          if (looks.incrementAndGet() == 2) {
            lines = lines.reversed();
          }
          write(socket, String.join("\n", lines) + "\n");
        })) {
      assertThat(observe("--port", port(server))).isZero();
    }
    assertThat(looks).hasValue(3);
    assertThat(out.toString().lines().toList().getLast()).endsWith("; order kept in 2 of 3");
  }

  @Test
  void a_missing_server_gives_one_line_and_status_1() throws Exception {
    String port;
    try (var server = new ScriptedServer(_ -> {})) {
      port = port(server);
    }
    assertThat(observe("--port", port)).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains("127.0.0.1:" + port);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=0", "--messages=1001", "--patience=soon", "--patience=0s"})
  void bad_usage_gives_status_2(String option) {
    assertThat(observe(option)).isEqualTo(2);
  }

  private int observe(String... args) {
    return new CommandLine(new ObserveCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private static String port(ScriptedServer server) {
    return Integer.toString(server.address().getPort());
  }
}
