package course.grader.branches;

import static course.grader.branches.CourseRepository.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exercises' branches, made in a real clone. */
class BranchesTest {
  private static final String FRAMING = "exercise/1-framing";
  private static final String READER = "exercises/ex1-framing/src/main/java/Reader.java";

  @TempDir Path temporary;
  private CourseRepository course;

  @BeforeEach
  void make() throws IOException, GitAPIException {
    course = CourseRepository.create(Files.createDirectory(temporary.resolve("course")));
  }

  @AfterEach
  void close() {
    course.close();
  }

  @Test
  void each_exercise_gets_a_branch_that_is_a_child_of_main() throws Exception {
    assertThat(branches()).contains("exercise/1-framing ").contains("exercise/2-counting ");
    assertThat(course.branches()).containsOnlyKeys("main", FRAMING, "exercise/2-counting");
    assertThat(course.git().getRepository().resolve(FRAMING + "^"))
        .isEqualTo(course.git().getRepository().resolve("main"));
  }

  @Test
  void a_branch_has_the_files_of_main_with_one_exercise_in_the_build_and_no_solutions()
      throws Exception {
    branches();
    var expected = new TreeMap<>(course.files("main"));
    expected.keySet().removeAll(SECRETS.keySet());
    expected.remove("exercises/grader/src/test/java/GraderTest.java");
    expected.put(
        "exercises/ex1-framing/pom.xml",
        """
        <project>
          <artifactId>ex1-framing</artifactId>

          <properties>
            <!-- On this branch, mvn verify runs the exercise's tests. -->
            <exercise.skip>false</exercise.skip>
          </properties>
        </project>
        """);
    assertThat(course.files(FRAMING)).isEqualTo(expected);
  }

  @Test
  void the_same_main_gives_the_same_ids_in_any_clone() throws Exception {
    branches();
    Path other = temporary.resolve("other");
    try (Git clone =
        Git.cloneRepository()
            .setURI(course.folder().toUri().toString())
            .setDirectory(other.toFile())
            .setBranch("main")
            .call()) {
      var copy = new CourseRepository(other, clone);
      copy.run("branches");
      assertThat(copy.branches()).isEqualTo(course.branches());
    }
    var before = course.branches();
    assertThat(branches()).contains("is up to date");
    assertThat(course.branches()).isEqualTo(before);
  }

  @Test
  void neither_the_work_tree_nor_the_index_is_touched() throws Exception {
    Files.writeString(course.folder().resolve("README.md"), "not committed\n");
    Files.writeString(course.folder().resolve("new.txt"), "not added\n");
    byte[] index = Files.readAllBytes(course.folder().resolve(".git/index"));
    branches();
    assertThat(Files.readAllBytes(course.folder().resolve(".git/index"))).isEqualTo(index);
    assertThat(course.git().status().call().getModified()).containsExactly("README.md");
    assertThat(course.git().status().call().getUntracked()).containsExactly("new.txt");
  }

  @Test
  void a_branch_that_nobody_works_on_follows_main() throws Exception {
    branches();
    course.commit(Map.of("README.md", "a better course\n"), "Teacher", 2_000_000);
    assertThat(branches()).contains(FRAMING + "           brought up to date");
    assertThat(course.files(FRAMING)).containsEntry("README.md", "a better course\n");
    assertThat(course.git().getRepository().resolve(FRAMING + "^"))
        .isEqualTo(course.git().getRepository().resolve("main"));
  }

  @Test
  void a_students_commits_stay_and_how_to_merge_what_is_new_is_said() throws Exception {
    branches();
    course.git().checkout().setName(FRAMING).call();
    course.commit(Map.of(READER, "class Reader { int mine; }\n"), "Student", 1_500_000);
    course.git().checkout().setName("main").call();
    // What is new, and a solution that changed: a branch without solutions must not meet it.
    course.commit(
        Map.of(
            "README.md", "a better course\n",
            "exercises/solutions/ex1-framing/Reader.java", "class Reader { int better; }\n"),
        "Teacher",
        2_000_000);
    String before = course.branches().get(FRAMING);

    String said = branches();
    assertThat(course.branches()).containsEntry(FRAMING, before);
    assertThat(said)
        .contains(FRAMING + "           has your work: left as it is. To take in what is new:\n")
        .contains("  git switch " + FRAMING + "\n  git merge ");

    String id = said.replaceFirst("(?s).*git merge (\\w+).*", "$1");
    Repository repository = course.git().getRepository();
    course.git().checkout().setName(FRAMING).call();
    assertThat(course.git().merge().include(repository.resolve(id)).call().getMergeStatus())
        .matches(status -> status.isSuccessful(), "a merge with no conflict");
    assertThat(course.files(FRAMING))
        .containsEntry(READER, "class Reader { int mine; }\n")
        .containsEntry("README.md", "a better course\n")
        .doesNotContainKeys(SECRETS.keySet().toArray(String[]::new));
    assertThat(branches()).contains(FRAMING + "           has your work, and all that is new");
  }

  @Test
  void a_branch_that_is_checked_out_is_not_moved_under_its_work_tree() throws Exception {
    branches();
    course.commit(Map.of("README.md", "a better course\n"), "Teacher", 2_000_000);
    course.git().checkout().setName(FRAMING).call();
    String before = course.branches().get(FRAMING);
    assertThat(branches()).contains(FRAMING + "           is checked out: left as it is.");
    assertThat(course.branches()).containsEntry(FRAMING, before);
  }

  @Test
  void a_folder_that_is_no_clone_is_named() throws Exception {
    Path unzipped = temporary.resolve("unzipped");
    Path exercise = Files.createDirectories(unzipped.resolve("exercises/ex1-framing"));
    Files.writeString(exercise.resolve("exercise.json"), "{}");
    assertThat(new CourseRepository(unzipped, course.git()).run("branches"))
        .contains("unzipped is no git clone")
        .endsWith("status 1");
  }

  private String branches() {
    return course.run("branches");
  }

  @Test
  void the_tenth_exercise_comes_after_the_second() {
    var files = new TreeMap<String, CourseTree.File>();
    for (String exercise : List.of("ex1-a", "ex10-c", "ex2-b")) {
      files.put("exercises/" + exercise + "/exercise.json", null);
    }
    assertThat(new CourseTree(files).exercises()).containsExactly("ex1-a", "ex2-b", "ex10-c");
  }
}
