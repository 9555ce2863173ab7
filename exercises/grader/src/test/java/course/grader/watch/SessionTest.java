package course.grader.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.CourseCopy;
import course.grader.engine.Engine;
import course.grader.model.Exercise;
import course.grader.model.Submission;
import course.grader.watch.Screen.News;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a student sees who saves files and presses keys. */
@Timeout(value = 120) // bounds a hang
class SessionTest {
  /** What shows that the text is code of a student: any will do, and right code is not ours. */
  private static final String BROKEN = "package course.server; final class FrameReader { int }\n";

  private static final String HANGING =
      """
      package course.server;

      import java.io.InputStream;

      final class FrameReader {
        static final int MAX_BYTES = 8_192;

        FrameReader(InputStream in) {}

        byte[] next() throws java.io.IOException {
          while (true) {}
        }
      }
      """;

  /** A view, and what is new in it. */
  private record Shown(View view, News news) {}

  @TempDir Path course;
  private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
  private Path reader;
  private String starter;
  private Git git;
  private Engine engine;
  private Session session;
  private Thread thread;

  @BeforeEach
  void start() throws IOException, GitAPIException {
    Path folder = CourseCopy.make(course);
    reader = folder.resolve("src/main/java/course/server/FrameReader.java");
    starter = Files.readString(reader);
    git = Git.init().setDirectory(course.toFile()).setInitialBranch("main").call();
    git.add().addFilepattern(".").call();
    git.commit().setMessage("the course").setSign(false).call();
    Files.writeString(reader, BROKEN);
    engine = new Engine(1);
    List<Exercise> exercises = Exercise.all(course);
    session =
        new Session(
            course,
            exercises,
            exercises.getFirst(),
            git.getRepository(),
            engine,
            (view, news) -> shown.add(new Shown(view, news)));
    thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                session.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    session.tell(new Event.Key('q', 0));
    thread.join();
    session.close();
    engine.close();
    git.close();
  }

  @Test
  void a_compile_error_is_shown_with_its_line() throws InterruptedException {
    View view = verdict();
    assertThat(view.tests()).isEmpty();
    assertThat(view.result().getFirst().text()).contains("FrameReader.java:1: ");
  }

  @Test
  void a_file_that_is_renamed_over_is_noticed() throws IOException, InterruptedException {
    verdict();
    Path written = Files.writeString(course.resolve("new"), BROKEN.replace("int }", "long }"));
    Files.move(written, reader, StandardCopyOption.REPLACE_EXISTING);
    verdictThat(view -> view.result().stream().anyMatch(line -> line.text().contains("long }")));
  }

  @Test
  void a_save_ends_a_run_that_hangs() throws IOException, InterruptedException {
    verdict();
    Files.writeString(reader, HANGING);
    until(now -> now.news() == News.RUNNING);
    Files.writeString(reader, BROKEN);
    verdictThat(view -> view.status().text().startsWith("it does not compile"));
  }

  @Test
  void hints_come_one_by_one() throws InterruptedException {
    verdict();
    session.tell(new Event.Key('h', 0));
    assertThat(until(now -> now.news() == News.HINT).hints()).hasSize(1);
    session.tell(new Event.Key('h', 0));
    assertThat(until(now -> now.news() == News.HINT).hints()).hasSize(2);
  }

  @Test
  void how_far_the_student_is_is_remembered() throws IOException, InterruptedException {
    verdict();
    assertThat(Files.readString(course.resolve(Session.FOLDER).resolve("progress.json")))
        .isEqualTo("{\"ex1-framing\":{\"passed\":0,\"of\":15}}");
  }

  @Test
  void keys_that_were_typed_before_the_question_was_seen_put_nothing_back()
      throws InterruptedException {
    verdict();
    "rrreset\rr".chars().forEach(key -> session.tell(new Event.Key((char) key, 0)));
    "\33h".chars().forEach(key -> session.tell(new Event.Key((char) key, 1)));
    View view = until(now -> now.news() == News.NOTICE && !now.view().notice().contains("?"));
    assertThat(view.notice()).isEqualTo("Your work is kept as it is.");
    assertThat(read()).isEqualTo(BROKEN);
  }

  @Test
  void the_word_puts_back_what_the_student_started_from_and_it_is_said_once()
      throws IOException, InterruptedException {
    verdict();
    answer("reset\r");
    View view = until(now -> now.view().notice().startsWith("Put back. What you had is in "));
    Path backup = Path.of(view.notice().replaceFirst("Put back. What you had is in ", ""));
    assertThat(read()).isEqualTo(starter);
    assertThat(backup.resolve("FrameReader.java")).hasContent(BROKEN);
    View itsVerdict = verdictThat(now -> !now.tests().isEmpty());
    assertThat(itsVerdict.notice()).startsWith("Put back.");
    Files.writeString(reader, BROKEN);
    assertThat(verdictThat(now -> now.tests().isEmpty()).notice()).isEmpty();
  }

  @Test
  void another_word_puts_nothing_back() throws InterruptedException {
    verdict();
    answer("rest\r");
    until(now -> now.view().notice().equals("Your work is kept as it is."));
    assertThat(read()).isEqualTo(BROKEN);
  }

  @Test
  void a_reset_that_can_not_be_done_says_why() throws IOException, InterruptedException {
    verdict();
    Files.delete(reader);
    Files.createDirectories(reader.resolve("a folder in its place"));
    answer("reset\r");
    View view = until(now -> now.view().notice().startsWith("Nothing was reset: "));
    assertThat(view.notice()).contains("FrameReader.java");
  }

  /** Types an answer to the question, when it is on the screen. */
  private void answer(String keys) {
    session.tell(new Event.Key('r', 0));
    while (session.question() == 0) { // the time-out bounds it
      Thread.onSpinWait();
    }
    int question = session.question();
    keys.chars().forEach(key -> session.tell(new Event.Key((char) key, question)));
  }

  @Test
  void a_file_that_is_no_text_is_named_and_after_the_undo_all_is_as_before()
      throws IOException, InterruptedException {
    View before = verdict();
    Files.write(reader, (BROKEN + "// \u00fc\n").getBytes(ISO_8859_1));
    String named = "src/main/java/course/server/FrameReader.java:2: the byte fc is not UTF-8";
    View unreadable = verdictThat(view -> view.result().getFirst().text().startsWith(named));
    assertThat(unreadable.tests()).isEmpty();
    Files.writeString(reader, BROKEN);
    View after = verdictThat(view -> view.result().equals(before.result()));
    assertThat(after.notice()).isEqualTo(before.notice());
  }

  @Test
  void a_byte_order_mark_is_no_fault_but_is_told() throws IOException, InterruptedException {
    View before = verdict();
    assertThat(before.adviceLines()).isEmpty();
    Files.writeString(reader, "\uFEFF" + BROKEN);
    View view = verdictThat(now -> !now.advice().isEmpty());
    assertThat(view.result()).isEqualTo(before.result());
    assertThat(view.adviceLines().getFirst().text()).contains("FrameReader.java:1: begins with a");
  }

  @Test
  void what_would_not_be_graded_is_told_until_it_is_mended()
      throws IOException, InterruptedException {
    verdict();
    String line = "while (true) {}";
    Files.writeString(reader, HANGING.replace(line, "throw new Error(System.getenv(\"A\"));"));
    View view = until(now -> now.news() == News.ADVICE);
    assertThat(view.adviceLines().getFirst().text())
        .startsWith("This will not be graded: FrameReader.java:11: System.getenv is not allowed");
    Files.writeString(reader, BROKEN);
    verdictThat(now -> now.advice().isEmpty());
  }

  @Test
  void what_all_tests_share_is_told() throws IOException, InterruptedException {
    verdict();
    String line = "static final int MAX_BYTES = 8_192;";
    String lines = line + " static int count; static final byte[] READ = {}; int mine;";
    Files.writeString(
        reader, HANGING.replace("while (true) {}", "return READ;").replace(line, lines));
    View view = until(now -> now.news() == News.ADVICE);
    assertThat(view.advice())
        .containsExactly(
            "FrameReader.java: count is static: all objects share it, and it keeps its value from"
                + " test to test.",
            "FrameReader.java: READ is static: all objects share it, and it keeps its value from"
                + " test to test.");
    Files.writeString(reader, BROKEN);
    verdictThat(now -> now.advice().isEmpty());
  }

  @Test
  void a_text_that_comes_back_before_it_was_told_starts_no_run() {
    var settled = new Saves.Settled();
    Submission text = Submission.of(Map.of("A.java", "class A {}"));
    Submission cut = Submission.of(Map.of("A.java", "")); // as an editor that is writing leaves it
    assertThat(Stream.of(text, text, text, cut, text, text, cut, cut).map(settled::isNews))
        .containsExactly(false, true, false, false, false, false, false, true);
  }

  @Test
  void q_is_answered_at_once_and_ends_a_run_that_hangs() throws IOException, InterruptedException {
    verdict();
    Files.writeString(reader, HANGING);
    until(now -> now.news() == News.RUNNING);
    session.tell(new Event.Key('q', 0));
    until(now -> now.view().notice().equals("Ending."));
    thread.join();
  }

  @Test
  void work_on_the_branch_of_another_exercise_is_warned_of_as_long_as_it_is_so()
      throws IOException, InterruptedException {
    verdict();
    session.tell(new Event.Switched("exercise/2-counting"));
    Files.writeString(reader, BROKEN.replace("int }", "long }"));
    View view = verdict();
    assertThat(view.warning()).contains("git switch exercise/1-framing");
  }

  private String read() {
    try {
      return Files.readString(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a busy machine a verdict on a file that is half written may come before. */
  private View verdictThat(Predicate<View> fits) throws InterruptedException {
    return until(now -> now.news() == News.VERDICT && fits.test(now.view()));
  }

  private View verdict() throws InterruptedException {
    return until(now -> now.news() == News.VERDICT);
  }

  private View until(Predicate<Shown> fits) throws InterruptedException {
    while (true) {
      Shown now = shown.take();
      if (fits.test(now)) {
        return now.view();
      }
    }
  }
}
