package course.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.contract.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a student types, in a copy of the course that nothing was built in, in an odd folder. */
@Timeout(value = 900) // bounds a hang
class CourseIT {
  private static final Course COURSE = new Course(Path.of("../.."));

  @TempDir private static Path folder;
  private static Path copy; // of the course

  @BeforeAll
  static void copyTheCourse() throws IOException {
    String system = System.getProperty("sun.jnu.encoding");
    boolean umlauts = Charset.forName(system).newEncoder().canEncode("äöü");
    copy = copyTo(folder.resolve("it's R&D " + (umlauts ? "für München" : "")));
  }

  private static Path copyTo(Path copy) throws IOException {
    for (String file : COURSE.filesUnder("", _ -> true)) {
      Files.createDirectories(copy.resolve(file).getParent());
      Files.copy(COURSE.root().resolve(file), copy.resolve(file));
    }
    return copy;
  }

  /** So that the next command which needs the client builds it, as on a fresh clone. */
  private static void forgetTheClient() throws IOException {
    for (Path built : builtClients()) {
      Files.deleteIfExists(built.resolve("classpath")); // it is written last
    }
  }

  private static List<Path> builtClients() throws IOException {
    Path runs = Files.createDirectories(copy.resolve("target/run"));
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(path -> path.getFileName().toString().startsWith("client-")).toList();
    }
  }

  @Test
  void with_no_command_it_says_what_there_is() throws Exception {
    CourseRun.Ended help = run();
    assertThat(help.status()).isZero();
    assertThat(help.printed()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 100);
    assertThat(COURSE.verbs()).allMatch(verb -> help.text().matches("(?s).*\\b" + verb + "\\b.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tuor", "server", "server 9", "server ex", "server --port 1", "server ("})
  void what_it_does_not_know_is_one_line_and_exit_status_2(String words) throws Exception {
    CourseRun.Ended run = run(words.split(" "));
    assertThat(run.printed()).singleElement().asString().startsWith("course: ");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void without_maven_it_says_so_in_one_line() throws Exception {
    forgetTheClient();
    CourseRun.Ended run = run(copy, Map.of("PATH", folder.toString()), "observe");
    assertThat(run.printed()).last().asString().startsWith("course: no Maven in the PATH");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there, no other file stands for mvn.cmd")
  void on_windows_it_starts_mvn_cmd_with_words_that_need_no_quotes() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path maven = tools.resolve("mvn.cmd");
    Files.writeString(maven, "#!/bin/sh\necho \"[ERROR] $*\"\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    try (var run =
        CourseRun.start(
            copy,
            "Course.java",
            Map.of("PATH", tools.toString(), "JDK_JAVA_OPTIONS", "-Dwindows=true"),
            "try",
            "1")) {
      assertThat(run.line("[ERROR] "))
          .matches(
              "\\[ERROR] -B -am -pl :grader -Drun=grader-[0-9a-f]{8}-[0-9a-f]{4}"
                  + " -DincludeScope=runtime compile dependency:build-classpath");
      assertThat(run.awaitEnd().status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "lesson2", "lesson2-concurrency", "ex4", "bounded-pool"})
  void it_starts_a_server_and_ends_with_it(String which) throws Exception {
    try (var server =
        which.matches("ex4|bounded-pool")
            ? start(copy, Map.of(), "server", which)
            : start(copy, Map.of(), "server", which, "--port", "0", "--work", "0ms")) {
      String first = server.line("listening on ");
      int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
      try (var client = new RawClient(port)) {
        assertThat(client.send("hello\n").receive()).isEqualTo("hello");
      }
      server.terminate();
      server.awaitEnd();
      assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void its_exit_status_is_that_of_the_program_also_if_a_signal_ends_that() throws Exception {
    try (var server = start(copy, Map.of(), "server", "1", "--port", "0")) {
      server.line("listening on ");
      server.child("course.server.Main").destroy();
      assertThat(server.awaitEnd().status()).as("128 + SIGTERM").isEqualTo(128 + 15);
    }
    assertThat(run("server", "1", "--port", "x").status()).isEqualTo(2);
  }

  @Test
  void edit_and_run() throws Exception {
    Path main = copy.resolve("lesson1-server/src/main/java/course/server/Main.java");
    String right = Files.readString(main);
    try {
      Files.writeString(main, right.replace("\"listening on \"", "\"changed: \""));
      try (var server = start(copy, Map.of(), "server", "1", "--port", "0")) {
        assertThat(server.line()).startsWith("changed: ");
      }
      Files.writeString(main, right.replace("\"listening on \"", "listening on"));
      CourseRun.Ended run = run("server", "1");
      assertThat(run.text()).contains(Path.of("Main.java") + ":").contains("error: ");
      assertThat(run.printed()).last().asString().contains("lesson1-server does not compile");
      assertThat(run.status()).isEqualTo(1);
    } finally {
      Files.writeString(main, right);
    }
  }

  @Test
  void it_works_from_any_folder_and_whatever_java_home_says() throws Exception {
    Path below = copy.resolve("exercises/ex1-framing");
    for (String home : new String[] {"", "gone", "relative/../gone"}) {
      try (var run =
          CourseRun.start(
              below,
              Path.of("..", "..", "Course.java").toString(),
              Map.of("JAVA_HOME", home.isEmpty() ? "" : folder.resolve(home).toString()),
              "server",
              "1",
              "--help")) {
        CourseRun.Ended help = run.awaitEnd();
        assertThat(help.text()).contains("Usage: server");
        assertThat(help.status()).isZero();
      }
    }
  }

  @Test
  void two_commands_at_once_build_once_and_then_nobody_builds() throws Exception {
    forgetTheClient();
    try (var one = start(copy, Map.of(), "client", "--port", "1");
        var other = start(copy, Map.of(), "client", "--port", "1")) {
      CourseRun.Ended first = one.awaitEnd();
      CourseRun.Ended second = other.awaitEnd();
      assertThat(Stream.of(first, second)).allMatch(end -> end.status() == 1);
      assertThat(first.text() + second.text()).containsOnlyOnce("course: Maven builds the client");
    }
    CourseRun.Ended again = run("client", "--port", "1");
    assertThat(again.printed()).singleElement().asString().contains("127.0.0.1:1");
    assertThat(again.status()).isEqualTo(1);
  }

  @Test
  void a_build_that_was_cut_off_is_begun_anew() throws Exception {
    run("client", "--help");
    Path built = builtClients().getFirst();
    forgetTheClient();
    Files.writeString(built.resolve("client/classes/course/client/Main.class"), "half a cla");
    assertThat(run("client", "--help").text()).contains("Usage: client");
  }

  @Test
  void the_keyboard_reaches_the_client_and_other_clients_find_the_server_too() throws Exception {
    try (var server =
        start(copy, Map.of(), "server", "2", "--port", "0", "--work", "0ms", "--quiet")) {
      String first = server.line("listening on ");
      String port = first.substring(first.lastIndexOf(':') + 1);
      try (var client = start(copy, Map.of(), "client", "--interactive", "--port", port)) {
        client.type("hello, keyboard");
        client.endTyping();
        CourseRun.Ended end = client.awaitEnd();
        assertThat(end.text()).contains("<< hello, keyboard");
        assertThat(end.status()).isZero();
      }
      assertThat(run("observe", "--port", port).text()).contains("8 messages to ");
      CourseRun.Ended load = run("load", "--port", port, "--warmup", "0ms", "--duration", "200ms");
      assertThat(load.text()).contains("messages/s");
      assertThat(load.status()).as(load.text()).isZero();
    }
  }

  @Test
  void the_lessons_are_compared_from_outside_of_the_course() throws Exception {
    String file = folder.relativize(copy.resolve("Course.java")).toString();
    try (var run =
        CourseRun.start(
            folder, file, Map.of(), "compare", "--rounds", "1", "--duration", "100ms")) {
      assertThat(run.awaitEnd().printed()).filteredOn(line -> line.matches("\\d .*")).hasSize(4);
    }
  }

  @Test
  void an_exercise_is_tried_solved_and_watched() throws Exception {
    CourseRun.Ended unsolved = run(copy.resolve("exercises/ex2-counting"), Map.of(), "try", "2");
    assertThat(unsolved.text()).contains("ex2-counting", "FAIL");
    assertThat(unsolved.status()).isEqualTo(1);
    Path file = copy.resolve("exercises/ex2-counting/src/main/java/course/server/Totals.java");
    String starter = Files.readString(file);
    Files.copy(
        copy.resolve("exercises/solutions/ex2-counting/Totals.java"), file, REPLACE_EXISTING);
    try {
      assertThat(run("try", "ex2").status()).isZero();
      Files.writeString(file, starter.replace(";", ""));
      CourseRun.Ended broken = run("try", "counting");
      assertThat(broken.printed().getFirst()).contains("it does not compile, so no test has run");
      assertThat(broken.text()).contains("Totals.java:").doesNotContain("FAIL");
      assertThat(broken.status()).isEqualTo(1);
    } finally {
      Files.writeString(file, starter);
    }
    try (var watch = start(copy, Map.of(), "watch", "2")) {
      watch.type("q");
      assertThat(watch.awaitEnd().status()).isZero();
    }
    assertThat(run("try", "99").status()).isEqualTo(2);
  }

  @Test
  void branches_are_made_and_published() throws Exception {
    Path clone = copyTo(folder.resolve("a clone"));
    git(clone, "init", "-q", "-b", "main");
    git(clone, "add", "-A");
    git(clone, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "all");
    Path students = folder.resolve("students.git");
    git(folder, "init", "-q", "--bare", students.toString());
    assertThat(run(clone, Map.of(), "branches").status()).isZero();
    assertThat(run(clone, Map.of(), "publish", "../students.git").status()).isZero();
    git(folder, "clone", "-q", students.toString(), "student");
    assertThat(folder.resolve("student/Course.java")).exists();
    assertThat(folder.resolve("student/exercises/solutions")).doesNotExist();
    assertThat(run(folder.resolve("student"), Map.of(), "try", "1").status()).isEqualTo(1);
  }

  private static void git(Path folder, String... words) throws Exception {
    var command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).as("%s: %s", command, said).isZero();
  }

  @Test
  void the_maintainers_tools_start() throws Exception {
    CourseRun.Ended format = run("format");
    assertThat(format.printed()).noneMatch(line -> line.startsWith("formatted"));
    assertThat(format.status()).isZero();
    assertThat(run("regenerate").status()).isZero();
    for (String program :
        new String[] {
          "catalogue", "watch-speed", "check-exercises", "format", "regenerate", "picture"
        }) {
      assertThat(run(program, "--nonsense").status()).as("%s --nonsense", program).isEqualTo(2);
    }
  }

  private static CourseRun.Ended run(String... words) throws Exception {
    return run(copy, Map.of(), words);
  }

  private static CourseRun.Ended run(Path where, Map<String, String> environment, String... words)
      throws Exception {
    try (var run = start(where, environment, words)) {
      return run.awaitEnd();
    }
  }

  /** Starts Course.java of the copy or clone around a folder. */
  private static CourseRun start(Path where, Map<String, String> environment, String... words)
      throws IOException {
    Path root = where;
    while (!Files.exists(root.resolve("Course.java"))) {
      root = root.getParent();
    }
    String file = where.relativize(root.resolve("Course.java")).toString();
    return CourseRun.start(where, file, environment, words);
  }
}
