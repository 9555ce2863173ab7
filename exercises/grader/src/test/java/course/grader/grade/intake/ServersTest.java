package course.grader.grade.intake;

import static course.grader.grade.intake.BareRepository.BRANCH;
import static course.grader.grade.intake.BareRepository.POOL;
import static course.grader.grade.intake.BareRepository.file;
import static course.grader.grade.intake.GitServer.REFS;
import static course.grader.grade.intake.GitServer.answer;
import static course.grader.grade.intake.GitServer.endless;
import static course.grader.grade.intake.GitServer.redirect;
import static course.grader.grade.intake.GitServer.repository;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories over http: servers that work, that want something, and that mean us harm. */
class ServersTest {
  @TempDir Path temporary;
  private SmallCourse course;
  private BareRepository repository;
  private GitServer server;
  private ObjectId head;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    repository = BareRepository.create(temporary.resolve("ann.git"));
    head = repository.push("2026-11-23T10:00:00Z", Map.of(POOL, file("mine")));
    server = new GitServer();
  }

  @AfterEach
  void close() {
    server.close();
    repository.close();
  }

  private String outcome(String url) throws IOException {
    return outcome(url, Set.of("127.0.0.1"));
  }

  private String outcome(String url, Set<String> allowed) throws IOException {
    var limits = new Limits(1_000, 0, 0, 0, 100, 1 << 20, 1 << 20, 1_000, Duration.ofMinutes(1));
    return SmallCourse.outcome(
        course.handIn(url, new IntakeOptions(Optional.empty(), Optional.empty(), allowed, limits)));
  }

  private static String no(String why) {
    return "not gradable: the repository " + why;
  }

  @Test
  void a_repository_is_read() throws IOException {
    server.at("/ann.git", repository(repository.git()));
    assertThat(outcome(server.url("/ann.git"))).isEqualTo("mine");
  }

  @Test
  void a_server_that_can_leave_out_large_files_is_asked_to() throws IOException {
    Files.writeString(
        temporary.resolve("ann.git/config"),
        "[core]\n\tbare = true\n[uploadpack]\n\tallowFilter\n");
    repository.push(
        "2026-11-24T10:00:00Z",
        Map.of(POOL, file("mine"), "movie", file("m".repeat(2 << 20))),
        head);
    server.at("/ann.git", repository(repository.git()));
    assertThat(outcome(server.url("/ann.git"))).isEqualTo("mine");
  }

  @Test
  void without_leave_no_host_of_ours_is_reached_and_nothing_is_in_the_clear() throws IOException {
    server.at("/ann.git", repository(repository.git()));
    String url = server.url("/ann.git");
    assertThat(outcome(url, Set.of("file")))
        .isEqualTo(
            "not gradable: http: is not read, only https and ssh, or with --allow-host 127.0.0.1");
    assertThat(outcome(url.replace("http:", "https:"), Set.of()))
        .isEqualTo(
            "not gradable: 127.0.0.1 is on this machine or a private network: not without"
                + " --allow-host 127.0.0.1");
    assertThat(outcome(repository.folder().toUri().toString(), Set.of("127.0.0.1")))
        .isEqualTo(
            "not gradable: file: is not read, only https and ssh, or with --allow-host file");
  }

  @Test
  void a_password_is_not_asked_for() throws IOException {
    server.at(
        "/ann.git",
        exchange -> {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"a\"");
          answer(401, "text/plain", "who are you?").to(exchange);
        });
    assertThat(outcome(server.url("/ann.git")))
        .isEqualTo(no("asks for a password: it is private, or there is no such one"));
  }

  @Test
  void what_the_URL_says_of_us_is_sent_to_that_host_and_is_in_no_word() throws IOException {
    server.at("/ann.git", repository(repository.git()));
    server.at("/private.git", answer(401, "text/plain", "no"));
    String url = server.url("/ann.git").replace("//", "//me:secret@");
    assertThat(outcome(url)).isEqualTo("mine");
    assertThat(server.logins()).contains("Basic bWU6c2VjcmV0");
    assertThat(outcome(url.replace("ann", "private")))
        .contains("password")
        .doesNotContain("secret");
    assertThat(outcome(url.replace("ann", "missing"))).doesNotContain("secret");
  }

  @Test
  void a_redirect_is_followed_on_the_same_host_only() throws IOException {
    server.at("/ann.git", repository(repository.git()));
    server.at("/old.git", redirect(server.url("/ann.git")));
    server.at("/other.git", redirect("http://localhost:%d/ann.git".formatted(server.port())));
    assertThat(outcome(server.url("/old.git"))).isEqualTo("mine");
    String url = server.url("/other.git").replace("//", "//me:secret@");
    assertThat(outcome(url, Set.of("127.0.0.1", "localhost")))
        .isEqualTo(no("sends us on to another host, localhost"));
  }

  @Test
  void a_redirect_to_another_port_is_not_followed() throws IOException {
    try (var second = new GitServer()) {
      second.at("/ann.git", repository(repository.git()));
      server.at("/ann.git", redirect(second.url("/ann.git")));
      assertThat(outcome(server.url("/ann.git")))
          .isEqualTo(no("sends us on to another port or without encryption"));
    }
  }

  @Test
  void what_is_no_repository_is_told() throws IOException {
    server.at("/missing", answer(404, "text/html", "no"));
    server.at("/closed", answer(403, "text/html", "no"));
    server.at("/odd", answer(418, "text/html", "no"));
    server.at("/page", answer(200, "text/html; charset=utf-8", "<html>"));
    server.at("/rubbish", answer(200, REFS, "rubbish"));
    server.at("/half", answer(200, REFS, "001e# service=git-upload-pack\n00"));
    server.at("/nothing", answer(200, REFS, ""));
    assertThat(outcome(server.url("/missing"))).isEqualTo(no("is not there (404)"));
    assertThat(outcome(server.url("/closed"))).isEqualTo(no("may not be read by us (403)"));
    assertThat(outcome(server.url("/odd"))).isEqualTo(no("can't be read: the server answers 418"));
    assertThat(outcome(server.url("/page")))
        .isEqualTo(no("is none: the server answers with text/html"));
    String rubbish = no("is none, or is damaged: what comes from there makes no sense");
    assertThat(outcome(server.url("/rubbish"))).isEqualTo(rubbish);
    assertThat(outcome(server.url("/half"))).isEqualTo(rubbish);
    assertThat(outcome(server.url("/nothing"))).isEqualTo(rubbish);
  }

  @Test
  void what_never_ends_is_not_read_to_its_end() throws IOException {
    server.at("/refs", endless("003f%s refs/heads/a\n".formatted("1".repeat(40)).getBytes(UTF_8)));
    server.at("/zeros", endless(new byte[8_192]));
    assertThat(outcome(server.url("/refs"))).startsWith("not gradable: the repository");
    assertThat(outcome(server.url("/zeros"))).startsWith("not gradable: the repository");
  }

  @Test
  void a_pack_that_claims_a_lot_or_sends_rubbish_is_not_believed() throws IOException {
    assertThat(
            packed(
                "PACK\0\0\0\2\177\377\377\377"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
        .isEqualTo(no("has more than 1,000 objects"));
    assertThat(
            packed(
                "PACK\0\0\0\2\0\0\0\1rubbish"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
        .isEqualTo(no("is none, or is damaged: what comes from there makes no sense"));
    assertThat(packed(new byte[0]))
        .isEqualTo(no("is none, or is damaged: what comes from there makes no sense"));
  }

  /** A server that has the branch, but sends these bytes for it. */
  private String packed(byte[] pack) throws IOException {
    var refs = new ByteArrayOutputStream();
    var out = new PacketLineOut(refs);
    out.writeString("# service=git-upload-pack\n");
    out.end();
    out.writeString(
        "%s refs/heads/%s\0multi_ack_detailed no-done side-band-64k filter\n"
            .formatted(head.name(), BRANCH));
    out.end();
    var answer = new ByteArrayOutputStream();
    var lines = new PacketLineOut(answer);
    lines.writeString("NAK\n");
    byte[] band = new byte[pack.length + 1];
    band[0] = 1;
    System.arraycopy(pack, 0, band, 1, pack.length);
    lines.writePacket(band);
    lines.end();
    try (var attacker = new GitServer()) {
      attacker.at("/a/info/refs", answer(200, REFS, refs.toByteArray()));
      attacker.at(
          "/a/git-upload-pack",
          answer(200, "application/x-git-upload-pack-result", answer.toByteArray()));
      return outcome(attacker.url("/a"));
    }
  }
}
