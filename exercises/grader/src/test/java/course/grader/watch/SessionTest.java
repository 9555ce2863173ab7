package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.CourseCopy;
import course.grader.Engine;
import course.grader.Exercise;
import course.grader.watch.Screen.News;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
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
  private Engine engine;
  private Session session;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    Path folder = CourseCopy.make(course);
    reader = folder.resolve("src/main/java/course/server/FrameReader.java");
    Files.writeString(reader, BROKEN);
    engine = new Engine(1);
    List<Exercise> exercises = Exercise.all(course);
    session =
        new Session(
            course,
            exercises,
            exercises.getFirst(),
            null,
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
    session.tell(new Event.Key('q'));
    thread.join();
    session.close();
    engine.close();
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
    assertThat(verdict().result()).extracting(Line::text).anyMatch(text -> text.contains("long }"));
  }

  @Test
  void a_save_ends_a_run_that_hangs() throws IOException, InterruptedException {
    verdict();
    Files.writeString(reader, HANGING);
    until(now -> now.news() == News.RUNNING);
    Files.writeString(reader, BROKEN);
    assertThat(verdict().status().text()).startsWith("it does not compile");
  }

  @Test
  void hints_come_one_by_one() throws InterruptedException {
    verdict();
    session.tell(new Event.Key('h'));
    assertThat(until(now -> now.news() == News.HINT).hints()).hasSize(1);
    session.tell(new Event.Key('h'));
    assertThat(until(now -> now.news() == News.HINT).hints()).hasSize(2);
  }

  @Test
  void how_far_the_student_is_is_remembered() throws IOException, InterruptedException {
    verdict();
    assertThat(Files.readString(course.resolve(Session.FOLDER).resolve("progress.json")))
        .isEqualTo("{\"ex1-framing\":{\"passed\":0,\"of\":11}}");
  }

  @Test
  void a_reset_that_can_not_be_done_changes_nothing() throws InterruptedException {
    verdict();
    session.tell(new Event.Key('r'));
    session.tell(new Event.Key('r'));
    View view = until(now -> now.view().notice().startsWith("nothing was reset"));
    assertThat(view.notice()).contains("no git clone");
    assertThat(read()).isEqualTo(BROKEN);
  }

  private String read() {
    try {
      return Files.readString(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
