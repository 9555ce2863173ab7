package course.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only shows from outside: signals, exit status, standard streams. */
@Timeout(60)
class MainProcessTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end_all_processes() throws InterruptedException {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void every_client_ends_with_status_1_and_its_count_when_the_server_is_killed() throws Exception {
    var server = java(EchoServer.class);
    String port = server.inputReader().readLine();
    var one = java(Main.class, "--port", port, "--every", "10ms");
    var ten = java(Main.class, "--port", port, "--every", "10ms", "--clients", "10");
    awaitLine(one, "<< 3");
    awaitLine(ten, "<< 10.3");

    server.destroyForcibly().waitFor();

    assertThat(lastLine(one)).matches("server went away: \\d+ of \\d+ messages were answered");
    assertThat(lastLine(ten)).matches("server went away: \\d+ of \\d+ messages were answered");
    assertThat(one.waitFor()).isOne();
    assertThat(ten.waitFor()).isOne();
  }

  @Test
  void a_client_that_is_told_to_end_prints_its_count_and_no_stack_trace() throws Exception {
    try (var server = EchoServer.start()) {
      var client = java(Main.class, "--port", "" + server.port(), "--every", "10ms");
      assumeTrue(client.supportsNormalTermination(), "signals are not for this system");
      awaitLine(client, "<< 3");
      client.toHandle().destroy(); // Process.destroy would close its output unread
      client.inputReader().lines().forEach(_ -> {});
      assertThat(client.errorReader().lines())
          .singleElement()
          .asString()
          .matches("stopped: \\d+ of \\d+ messages were answered");
      assertThat(client.waitFor()).as("ended by the signal").isNotZero();
    }
  }

  @Test
  void observe_prints_replies_as_they_come_and_at_its_end_what_is_missing() throws Exception {
    try (var server =
        EchoServer.start(socket -> {
          var messages = new LineReader(socket.getInputStream(), 100);
          EchoServer.answer(messages.read().orElseThrow(), socket.getOutputStream());
          new CountDownLatch(1).await(); // until the test closes the server
        })) {
      var client = java(Main.class, "observe", "--port", "" + server.port(), "--messages", "3");
      assumeTrue(client.supportsNormalTermination(), "signals are not for this system");
      BufferedReader out = client.inputReader();
      for (var line = out.readLine(); !line.matches(" +1 \\| .*"); line = out.readLine()) {}
      client.toHandle().destroy(); // Process.destroy would close its output unread
      assertThat(out.lines())
          .containsExactly(
              "      2 | no reply yet",
              "      3 | no reply yet",
              "",
              "stopped: 1 of 3 messages were answered");
      assertThat(client.errorReader().lines()).isEmpty();
      assertThat(client.waitFor()).as("ended by the signal").isNotZero();
    }
  }

  @Test
  void an_answered_client_ends_with_status_0() throws Exception {
    try (var server = EchoServer.start()) {
      var client = java(Main.class, "--port", "" + server.port(), "--messages", "1");
      assertThat(client.waitFor()).isZero();
      assertThat(client.errorReader().readLine()).as("nothing on standard error").isNull();
    }
  }

  @Test
  void unusable_options_end_with_status_2() throws Exception {
    assertThat(java(Main.class, "--port", "none").waitFor()).isEqualTo(2);
  }

  private Process java(Class<?> main, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static void awaitLine(Process process, String wanted) throws IOException {
    BufferedReader out = process.inputReader();
    for (var line = out.readLine(); !wanted.equals(line); line = out.readLine()) {
      assertThat(line).as("the output ended before the line " + wanted).isNotNull();
    }
  }

  private static String lastLine(Process process) throws IOException {
    // Its standard output is read to the end first, or the process could wait for room in the pipe.
    process.inputReader().lines().forEach(_ -> {});
    return process.errorReader().lines().toList().getLast();
  }
}
