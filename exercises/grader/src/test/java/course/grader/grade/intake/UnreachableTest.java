package course.grader.grade.intake;

import static course.grader.grade.intake.GitServer.REFS;
import static course.grader.grade.intake.GitServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be the fault of the network, or of ours, is no student's: it costs no mark. */
class UnreachableTest {
  private static final String HOST = "127.0.0.1";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path temporary;
  private SmallCourse course;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
  }

  private String outcome(String url) throws IOException {
    return outcome(url, MINUTE);
  }

  private String outcome(String url, Duration time) throws IOException {
    var limits = new Limits(1_000, 0, 0, 0, 100, 1 << 20, 1 << 20, 1_000, time);
    return SmallCourse.outcome(
        course.handIn(
            url, new IntakeOptions(Optional.empty(), Optional.empty(), Set.of(HOST), limits)));
  }

  private static String unreachable(String why) {
    return "grader error: the repository's host %s: is the network up, and is the URL right?"
            .formatted(why)
        + " --only-errors tries again";
  }

  /** A server that says just this, and then nothing more, or that this was all. */
  private String said(String scheme, String answer, boolean isAll, Duration time) throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket client = socket.accept();
                    InputStream in = client.getInputStream()) {
                  client.getOutputStream().write(answer.getBytes(UTF_8));
                  if (isAll) {
                    client.shutdownOutput();
                  }
                  in.transferTo(OutputStream.nullOutputStream()); // till it hangs up
                } catch (IOException e) {
                  // it has
                }
              });
      String outcome = outcome("%s://%s:%d/a".formatted(scheme, HOST, socket.getLocalPort()), time);
      thread.join();
      return outcome;
    }
  }

  @Test
  void a_host_that_is_not_there() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(outcome("http://%s:%d/a.git".formatted(HOST, port)))
        .isEqualTo(unreachable("127.0.0.1 does not answer"));
    assertThat(outcome("https://no..host/a.git")).isEqualTo(unreachable("no..host is not known"));
    assertThat(outcome("ssh://%s:%d/a.git".formatted(HOST, port)))
        .startsWith("grader error: ")
        .contains("127.0.0.1 can't be reached with ssh: ", "Connection refused");
  }

  @Test
  void a_server_in_trouble_and_a_proxy() throws IOException {
    for (int status : new int[] {407, 408, 429, 500, 503}) {
      try (GitServer server = new GitServer().at("/a", answer(status, "text/html", "no"))) {
        assertThat(outcome(server.url("/a"))).isEqualTo(unreachable("127.0.0.1 answers " + status));
      }
    }
  }

  @Test
  void a_host_without_a_certificate() throws Exception {
    assertThat(said("https", "no", true, MINUTE))
        .isEqualTo(unreachable("127.0.0.1 has no certificate that can be trusted"));
  }

  @Test
  void a_connection_that_breaks_off() throws Exception {
    try (GitServer server = new GitServer().at("/a", _ -> {})) {
      assertThat(outcome(server.url("/a"))).isEqualTo(unreachable("127.0.0.1 does not answer"));
    }
    String half =
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n001e"
            .formatted(REFS);
    assertThat(said("http", half, true, MINUTE))
        .isEqualTo(unreachable("127.0.0.1 gives no whole answer"));
  }

  @Test
  void a_server_that_never_answers_costs_its_time_and_no_more() throws Exception {
    assertThat(said("http", "HTTP/1.1 200 OK\r\nX: ", false, Duration.ofMillis(500)))
        .isEqualTo(unreachable("127.0.0.1 does not answer within less than 1 s"));
  }
}
