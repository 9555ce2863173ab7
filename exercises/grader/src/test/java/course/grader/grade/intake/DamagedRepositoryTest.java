package course.grader.grade.intake;

import static course.grader.grade.intake.BareRepository.POOL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.model.HandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository on this machine with something lost or overwritten: a reason, and no stack trace.
 */
class DamagedRepositoryTest {
  private static final String DAMAGED =
      "not gradable: the repository is none, or is damaged: what comes from there makes no sense";

  @TempDir Path temporary;
  private SmallCourse course;
  private BareRepository repository;
  private ObjectId commit;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    repository = BareRepository.create(temporary.resolve("ann.git"));
    commit = repository.push("2026-11-23T10:00:00Z", Map.of(POOL, BareRepository.file("mine")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void what_is_sound_is_read() throws IOException {
    assertThat(outcome()).isEqualTo("mine");
  }

  @Test
  void a_lost_commit() throws IOException {
    Files.delete(where(commit));
    assertThat(outcome()).isEqualTo(DAMAGED);
  }

  @Test
  void a_commit_of_rubbish() throws IOException {
    overwrite(where(commit));
    assertThat(outcome()).isEqualTo(DAMAGED);
  }

  @Test
  void a_lost_file() throws IOException {
    Files.delete(where(repository.git().resolve(commit.name() + ":" + POOL)));
    assertThat(outcome()).isEqualTo(DAMAGED);
  }

  @Test
  void a_file_of_rubbish() throws IOException {
    overwrite(where(repository.git().resolve(commit.name() + ":" + POOL)));
    assertThat(outcome()).isEqualTo(DAMAGED);
  }

  @Test
  void a_branch_that_leads_nowhere() throws IOException {
    Path branch = repository.folder().resolve("refs/heads").resolve(BareRepository.BRANCH);
    Files.writeString(branch, "1".repeat(40) + "\n");
    assertThat(outcome()).isEqualTo(DAMAGED);
  }

  private Path where(ObjectId object) {
    String name = object.name();
    Path objects = repository.folder().resolve("objects");
    return objects.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  private static void overwrite(Path file) throws IOException {
    Files.delete(file); // it can't be written to
    Files.writeString(file, "rubbish");
  }

  /** Returns what was taken, or why not, followed by what was printed: that should be nothing. */
  private String outcome() throws IOException {
    PrintStream before = System.err;
    var printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, UTF_8));
    try {
      HandIn handIn = repository.handIn(course, Optional.empty(), Limits.USUAL);
      return SmallCourse.outcome(handIn) + printed.toString(UTF_8);
    } finally {
      System.setErr(before);
    }
  }
}
