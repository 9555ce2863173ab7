package course.grader.branches;

import static course.grader.branches.CourseRepository.SECRETS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repository for students, pushed to a real bare one. */
class PublishTest {
  private static final String FRAMING = "exercise/1-framing";
  private static final String READER = "exercises/ex1-framing/src/main/java/Reader.java";

  @TempDir Path temporary;
  private CourseRepository course;
  private CourseRepository remote;

  @BeforeEach
  void make() throws IOException, GitAPIException {
    course = CourseRepository.create(Files.createDirectory(temporary.resolve("course")));
    remote = bare("remote.git", "main");
  }

  private CourseRepository bare(String name, String head) throws GitAPIException {
    Path folder = temporary.resolve(name);
    return new CourseRepository(
        folder,
        Git.init().setDirectory(folder.toFile()).setBare(true).setInitialBranch(head).call());
  }

  @AfterEach
  void close() {
    course.close();
    remote.close();
  }

  @Test
  void the_remote_gets_main_without_solutions_and_a_branch_per_exercise() throws Exception {
    assertThat(publish()).doesNotContain("status");
    assertThat(remote.branches()).containsOnlyKeys("main", FRAMING, "exercise/2-counting");
    assertThat(remote.files("main"))
        .containsKeys("README.md", READER, "lesson1-server/src/test/java/ServerTest.java")
        .doesNotContainKeys(SECRETS.keySet().toArray(String[]::new));
    assertThat(remote.files(FRAMING).get("exercises/ex1-framing/pom.xml"))
        .contains("<exercise.skip>false</exercise.skip>");
  }

  @Test
  void no_object_in_the_remote_is_or_holds_a_solution_a_wrong_version_or_a_hidden_test()
      throws Exception {
    publish();
    course.commit(Map.of("README.md", "a better course\n"), "Teacher", 2_000_000);
    publish();
    List<byte[]> objects = objects(remote.git().getRepository());
    assertThat(objects).hasSizeGreaterThan(20);
    for (var secret : SECRETS.entrySet()) {
      assertThat(objects)
          .as(secret.getKey())
          .noneMatch(object -> new String(object, UTF_8).contains(secret.getValue().strip()));
      ObjectId id =
          new ObjectInserter.Formatter()
              .idFor(Constants.OBJ_BLOB, secret.getValue().getBytes(UTF_8));
      assertThat(remote.git().getRepository().getObjectDatabase().has(id)).isFalse();
      // The same search finds them where they are.
      assertThat(objects(course.git().getRepository()))
          .anyMatch(object -> new String(object, UTF_8).contains(secret.getValue().strip()));
    }
  }

  /** Returns every object of a repository, packed or not, whether a branch leads to it or not. */
  private static List<byte[]> objects(Repository repository) throws IOException {
    var objects = new ArrayList<byte[]>();
    for (Pack pack : ((FileRepository) repository).getObjectDatabase().getPacks()) {
      for (PackIndex.MutableEntry entry : pack) {
        objects.add(repository.open(entry.toObjectId()).getBytes());
      }
    }
    try (Stream<Path> loose = Files.walk(repository.getDirectory().toPath().resolve("objects"))) {
      for (Path path : loose.filter(Files::isRegularFile).toList()) {
        String id = path.getParent().getFileName() + "" + path.getFileName();
        if (ObjectId.isId(id)) {
          objects.add(repository.open(ObjectId.fromString(id)).getBytes());
        }
      }
    }
    return objects;
  }

  @Test
  void the_same_main_gives_the_same_ids_in_any_remote() throws Exception {
    publish();
    try (var other = bare("other.git", "main")) {
      course.run("publish", other.folder().toString());
      assertThat(other.branches()).isEqualTo(remote.branches());
    }
  }

  @Test
  void publishing_again_changes_nothing() throws Exception {
    publish();
    var before = remote.branches();
    assertThat(publish()).contains("is up to date").doesNotContain("pushed");
    assertThat(remote.branches()).isEqualTo(before);
  }

  @Test
  void nothing_stays_in_the_teachers_clone() throws Exception {
    publish();
    assertThat(course.git().getRepository().getRefDatabase().getRefs())
        .extracting(ref -> ref.getName())
        .containsExactlyInAnyOrder("HEAD", "refs/heads/main");
  }

  @Test
  void what_is_new_comes_to_a_student_by_a_pull() throws Exception {
    publish();
    try (CourseRepository student = student()) {
      student
          .git()
          .checkout()
          .setName(FRAMING)
          .setCreateBranch(true)
          .setStartPoint("origin/" + FRAMING)
          .call();
      course.commit(Map.of("README.md", "a better course\n"), "Teacher", 2_000_000);
      assertThat(publish()).contains(FRAMING + "           pushed");
      assertThat(student.git().pull().call().getMergeResult().getMergeStatus().name())
          .isEqualTo("FAST_FORWARD");
      assertThat(student.files(FRAMING)).containsEntry("README.md", "a better course\n");
    }
  }

  @Test
  void a_students_commits_in_the_remote_stay() throws Exception {
    publish();
    try (CourseRepository student = student()) {
      student
          .git()
          .checkout()
          .setName(FRAMING)
          .setCreateBranch(true)
          .setStartPoint("origin/" + FRAMING)
          .call();
      student.commit(Map.of(READER, "class Reader { int mine; }\n"), "Student", 1_500_000);
      student.git().push().call();
      String pushed = student.branches().get(FRAMING);
      course.commit(Map.of("README.md", "a better course\n"), "Teacher", 2_000_000);
      assertThat(publish()).contains(FRAMING + "           has somebody's work: left as it is");
      assertThat(remote.branches()).containsEntry(FRAMING, pushed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "master"})
  void a_clone_has_the_files_whatever_branch_the_bare_repository_was_made_for(String head)
      throws Exception {
    try (var plain = bare("plain.git", head)) {
      String said = course.run("publish", plain.folder().toString());
      assertThat(said.contains("HEAD")).as(said).isEqualTo(head.equals("master"));
      Path clone = temporary.resolve("clone");
      assertThat(new GitProgram(temporary).run("clone", "--quiet", "plain.git", clone.toString()))
          .isZero();
      assertThat(clone.resolve("README.md")).exists();
      assertThat(course.run("publish", plain.folder().toString())).doesNotContain("HEAD");
    }
  }

  @Test
  void where_only_the_teacher_can_set_the_branch_of_a_clone_it_is_said_how() throws Exception {
    var server = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (var plain = bare("plain.git", "master")) {
      server.setRepositoryResolver((_, _) -> {
        plain.git().getRepository().incrementOpen();
        return plain.git().getRepository();
      });
      server.getService("git-receive-pack").setEnabled(true);
      server.start();
      String url = "git://localhost:" + server.getAddress().getPort() + "/plain.git";
      assertThat(course.run("publish", url))
          .contains(FRAMING + "           pushed\n")
          .contains("\nHEAD                         names no branch, so a clone is empty: set the")
          .doesNotContain("status");
      // Then the teacher does what was said.
      new GitProgram(plain.folder()).run("symbolic-ref", "HEAD", "refs/heads/main");
      assertThat(course.run("publish", url)).doesNotContain("HEAD");
    } finally {
      server.stopAndWait();
    }
  }

  private CourseRepository student() throws GitAPIException {
    Path folder = temporary.resolve("student");
    return new CourseRepository(
        folder,
        Git.cloneRepository()
            .setURI(remote.folder().toUri().toString())
            .setDirectory(folder.toFile())
            .call());
  }

  @Test
  void a_student_who_makes_the_branches_gets_the_published_ones() throws Exception {
    publish();
    try (CourseRepository student = student()) {
      student.run("branches");
      assertThat(student.branches()).isEqualTo(remote.branches());
    }
  }

  @Test
  void a_repository_that_publish_did_not_make_is_refused() throws Exception {
    course.git().push().setRemote(remote.folder().toString()).add("main").call();
    assertThat(publish()).contains("does not come from publish").endsWith("status 1");
    assertThat(remote.branches()).containsOnlyKeys("main");
  }

  @Test
  void a_solution_in_the_wrong_place_is_not_published() throws Exception {
    String solution = "exercises/solutions/ex1-framing/Reader.java";
    course.commit(Map.of(READER, SECRETS.get(solution)), "Teacher", 2_000_000);
    assertThat(publish())
        .contains("nothing is published: " + READER + " is the same as " + solution)
        .endsWith("status 1");
    assertThat(remote.branches()).isEmpty();
  }

  @Test
  void a_remote_that_is_not_there_is_named() {
    assertThat(course.run("publish", temporary.resolve("nowhere").toString()))
        .contains("git fetch failed for ")
        .contains("nowhere")
        .endsWith("status 1");
  }

  private String publish() {
    return course.run("publish", remote.folder().toString());
  }
}
