package course.grader.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import course.grader.model.Exercise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A student's clone: main has the starter, and the student is on a branch. */
class StarterTest {
  @TempDir Path clone;
  @TempDir Path backups;
  private Git git;
  private Exercise exercise;
  private Path pool;

  @BeforeEach
  void makeClone() throws IOException, GitAPIException {
    Path folder = Files.createDirectories(clone.resolve("exercises/ex1-pool"));
    exercise =
        new Exercise(
            folder, new Exercise.About("A pool", "lesson3-pool", List.of("Pool.java")), List.of());
    pool = folder.resolve("Pool.java");
    git = Git.init().setDirectory(clone.toFile()).setInitialBranch("main").call();
    commit("starter");
    git.checkout().setCreateBranch(true).setName("exercise/1-pool").call();
    commit("committed work");
    Files.writeString(pool, "work");
  }

  private void commit(String text) throws IOException, GitAPIException {
    Files.writeString(pool, text);
    git.add().addFilepattern(".").call();
    git.commit().setMessage(text).setSign(false).call();
  }

  @AfterEach
  void close() {
    git.close();
  }

  @Test
  void reset_puts_back_the_starter_and_keeps_a_copy_of_the_work() throws IOException {
    Path backup = Starter.reset(git.getRepository(), exercise, backups);
    assertThat(pool).hasContent("starter");
    assertThat(backup.resolve("Pool.java")).hasContent("work");
  }

  @Test
  void a_second_reset_in_the_same_second_keeps_the_copy_of_the_first() throws IOException {
    Path first = Starter.reset(git.getRepository(), exercise, backups);
    Path second = Starter.reset(git.getRepository(), exercise, backups);
    assertThat(second).isNotEqualTo(first);
    assertThat(first.resolve("Pool.java")).hasContent("work");
  }

  @Test
  void a_file_that_was_deleted_is_there_again() throws IOException {
    Files.delete(pool);
    Starter.reset(git.getRepository(), exercise, backups);
    assertThat(pool).hasContent("starter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"First.java", "Second.java"})
  void if_one_file_can_not_be_written_the_other_stays_as_it_is(String lost) throws Exception {
    Path folder = exercise.folder();
    var two =
        new Exercise(
            folder,
            new Exercise.About(
                "two files", "lesson3-pool", List.of("a/First.java", "b/Second.java")),
            List.of());
    git.checkout().setName("main").setForced(true).call();
    for (String file : two.about().editable()) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "starter");
    }
    commit("starter");
    for (String file : two.about().editable()) {
      Path path = folder.resolve(file);
      if (file.endsWith(lost)) { // where its folder was there is a file now
        Files.delete(path);
        Files.delete(path.getParent());
        Files.writeString(path.getParent(), "in the way");
      } else {
        Files.writeString(path, "work");
      }
    }
    assertThatThrownBy(() -> Starter.reset(git.getRepository(), two, backups))
        .isInstanceOf(IOException.class);
    for (String file : two.about().editable()) {
      if (!file.endsWith(lost)) {
        assertThat(folder.resolve(file)).hasContent("work");
      }
    }
  }
}
