package course.grader.grade.intake;

import static course.grader.grade.intake.BareRepository.BRANCH;
import static course.grader.grade.intake.BareRepository.POOL;
import static course.grader.grade.intake.BareRepository.file;
import static course.grader.grade.intake.SmallCourse.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.intake.BareRepository.Blob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few objects in a repository that make far more paths, or pairs of branches, than can be read. */
class EndlessRepositoryTest {
  private static final String MONDAY = "2026-11-23T10:00:00Z";
  private static final String TUESDAY = "2026-11-24T10:00:00Z";
  private static final String WEDNESDAY = "2026-11-25T10:00:00Z";
  private static final String THURSDAY = "2026-11-26T10:00:00Z";
  private static final String ENDLESS =
      "not gradable: the repository has too many files, folders or merged branches: more than 100";

  @TempDir Path temporary;
  private SmallCourse course;
  private BareRepository repository;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    repository = BareRepository.create(temporary.resolve("ann.git"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private String read() throws IOException {
    var limits = new Limits(1_000, 0, 0, 0, 100, 1 << 20, 1 << 20, 1_000, Duration.ofMinutes(1));
    return outcome(repository.handIn(course, Optional.of(Instant.parse(WEDNESDAY)), limits));
  }

  /** Returns a folder of ten names for one folder, of ten names for another, and so on. */
  private ObjectId bomb(TreeFormatter last) throws IOException {
    ObjectId bomb = repository.folder(last);
    for (int depth = 0; depth < 3; depth++) {
      var folder = new TreeFormatter();
      for (int i = 0; i < 10; i++) {
        folder.append(String.valueOf(i), FileMode.TREE, bomb);
      }
      bomb = repository.folder(folder);
    }
    return bomb;
  }

  private TreeFormatter holding(String name) throws IOException {
    var folder = new TreeFormatter();
    folder.append(name, FileMode.REGULAR_FILE, repository.blob("mine"));
    return folder;
  }

  /** Hands in a folder that lies beside the exercise's file. */
  private void push(ObjectId beside) throws IOException {
    List<String> path = List.of(POOL.split("/"));
    TreeFormatter folder = holding(path.getLast());
    folder.append("beside", FileMode.TREE, beside);
    for (String name : path.subList(0, path.size() - 1).reversed()) {
      ObjectId below = repository.folder(folder);
      folder = new TreeFormatter();
      folder.append(name, FileMode.TREE, below);
    }
    repository.branch(BRANCH, repository.commit(MONDAY, MONDAY, repository.folder(folder)));
  }

  @Test
  void what_is_beside_the_file_is_not_looked_through_without_end() throws IOException {
    push(bomb(holding("x.java")));
    assertThat(read()).isEqualTo(ENDLESS);
  }

  @Test
  void without_the_file_it_is_not_looked_for_without_end() throws IOException {
    repository.branch(BRANCH, repository.commit(MONDAY, MONDAY, bomb(holding("Pool.java"))));
    assertThat(read()).isEqualTo(ENDLESS);
  }

  @Test
  void folders_without_a_file_count_too() throws IOException {
    push(bomb(new TreeFormatter()));
    assertThat(read()).isEqualTo(ENDLESS);
  }

  @Test
  void a_path_that_no_system_could_use_is_not_read() throws IOException {
    push(repository.folder(holding("x".repeat(5_000) + ".java")));
    assertThat(read())
        .isEqualTo("not gradable: the repository has a path of more than 4,096 bytes");
  }

  /** The first of them has to be compared with all others, and so has the next one. */
  @Test
  void branches_that_were_merged_are_not_compared_without_end() throws IOException {
    Map<String, Blob> same = Map.of(POOL, file("same"));
    ObjectId start = repository.commit(MONDAY, Map.of(POOL, file("start")));
    var bases = new ArrayList<ObjectId>();
    var lines = new ArrayList<ObjectId>();
    for (int i = 0; i < 11; i++) {
      bases.add(repository.commit(MONDAY, Map.of(POOL, file("same"), "i", file("" + i)), start));
      lines.add(repository.commit(WEDNESDAY, same, bases.getLast()));
    }
    lines.add(repository.commit(TUESDAY, same, bases.toArray(ObjectId[]::new)));
    repository.push(THURSDAY, same, lines.toArray(ObjectId[]::new));
    assertThat(read()).isEqualTo(ENDLESS);
  }
}
