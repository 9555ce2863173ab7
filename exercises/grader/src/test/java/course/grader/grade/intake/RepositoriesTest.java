package course.grader.grade.intake;

import static course.grader.grade.intake.BareRepository.BRANCH;
import static course.grader.grade.intake.BareRepository.POOL;
import static course.grader.grade.intake.BareRepository.file;
import static course.grader.grade.intake.SmallCourse.outcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.grade.intake.BareRepository.Blob;
import course.grader.grade.model.HandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real repositories on this machine: which commit counts, and what is taken out of it. */
class RepositoriesTest {
  private static final String MONDAY = "2026-11-23T10:00:00Z";
  private static final String TUESDAY = "2026-11-24T10:00:00Z";
  private static final String WEDNESDAY = "2026-11-25T10:00:00Z";
  private static final String THURSDAY = "2026-11-26T10:00:00Z";

  @TempDir Path temporary;
  private SmallCourse course;
  private BareRepository repository;

  @BeforeEach
  void make() throws IOException {
    course = SmallCourse.in(temporary.resolve("course"));
    repository = BareRepository.create(temporary.resolve("ann's répo.git"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private HandIn read(String deadline) throws IOException {
    return read(deadline, Limits.USUAL);
  }

  private HandIn read(String deadline, Limits limits) throws IOException {
    return repository.handIn(
        course,
        deadline.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(deadline)),
        limits);
  }

  private static Map<String, Blob> pool(String text) {
    return Map.of(POOL, file(text));
  }

  @Test
  void with_no_deadline_the_last_commit_counts() throws IOException {
    ObjectId first = repository.push(MONDAY, pool("one"));
    repository.push(TUESDAY, pool("two"), first);
    HandIn handIn = read("");
    assertThat(outcome(handIn)).isEqualTo("two");
    assertThat(handIn.at()).contains(Instant.parse(TUESDAY));
    assertThat(handIn.lateBy()).isEmpty();
    assertThat(handIn.notes()).isEmpty();
  }

  @Test
  void with_a_deadline_the_last_commit_that_is_not_after_it_counts() throws IOException {
    ObjectId one = repository.push(MONDAY, pool("one"));
    ObjectId two = repository.push(TUESDAY, pool("two"), one);
    ObjectId three = repository.push(WEDNESDAY, pool("three"), two);
    repository.push(THURSDAY, pool("four"), three);
    HandIn handIn = read("2026-11-25T09:00:00Z");
    assertThat(outcome(handIn)).isEqualTo("two");
    assertThat(handIn.at()).contains(Instant.parse(TUESDAY));
    assertThat(handIn.lateBy()).contains(Duration.ZERO);
    assertThat(handIn.notes())
        .containsExactly("2 later commits are not taken: the last one is 1 day 1 h late");
  }

  @Test
  void a_commit_in_the_very_second_of_the_deadline_is_in_time() throws IOException {
    ObjectId one = repository.push(MONDAY, pool("one"));
    repository.push(TUESDAY, pool("two"), one);
    assertThat(outcome(read(TUESDAY))).isEqualTo("two");
    assertThat(outcome(read("2026-11-24T09:59:59Z"))).isEqualTo("one");
  }

  @Test
  void the_committer_s_date_counts_and_not_the_author_s() throws IOException {
    ObjectId one = repository.push(MONDAY, pool("one"));
    repository.branch(BRANCH, repository.commit(MONDAY, THURSDAY, pool("two"), one));
    assertThat(outcome(read(WEDNESDAY))).isEqualTo("one");
    repository.branch(BRANCH, repository.commit(THURSDAY, TUESDAY, pool("three"), one));
    assertThat(outcome(read(WEDNESDAY))).isEqualTo("three");
  }

  @Test
  void if_all_is_late_nothing_was_handed_in() throws IOException {
    ObjectId one = repository.push(WEDNESDAY, pool("one"));
    repository.push(THURSDAY, pool("two"), one);
    HandIn handIn = read("2026-11-25T08:58:00Z");
    assertThat(outcome(handIn)).isEqualTo("nothing handed in: the first commit is 1 h 2 min late");
    assertThat(handIn.lateBy()).contains(Duration.ofMinutes(62));
    assertThat(handIn.at()).contains(Instant.parse(WEDNESDAY));
  }

  @Test
  void commits_of_a_branch_that_was_merged_in_time_count() throws IOException {
    ObjectId start = repository.commit(MONDAY, pool("start"));
    ObjectId mine = repository.commit(TUESDAY, pool("mine"), start);
    ObjectId hers = repository.commit(TUESDAY, pool("hers"), start);
    repository.push(WEDNESDAY, pool("both"), mine, hers);
    assertThat(outcome(read(WEDNESDAY))).isEqualTo("both");
  }

  @Test
  void of_two_lines_that_were_merged_late_the_later_one_counts_and_it_is_said() throws IOException {
    ObjectId start = repository.commit(MONDAY, pool("start"));
    ObjectId mine = repository.commit("2026-11-24T10:00:00Z", pool("mine"), start);
    ObjectId hers = repository.commit("2026-11-24T11:00:00Z", pool("hers"), start);
    repository.push(THURSDAY, pool("both"), mine, hers);
    HandIn handIn = read(WEDNESDAY);
    assertThat(outcome(handIn)).isEqualTo("hers");
    assertThat(handIn.notes())
        .contains(
            "commit %s is taken: commit %s, from before the deadline, was merged after it"
                .formatted(hers.abbreviate(10).name(), mine.abbreviate(10).name()));
  }

  @Test
  void what_the_course_has_changed_elsewhere_is_not_taken_for_work_when_it_is_merged_late()
      throws IOException {
    ObjectId start = repository.commit(MONDAY, pool("start"));
    ObjectId mine = repository.commit("2026-11-24T10:00:00Z", pool("mine"), start);
    var news = new HashMap<>(pool("start"));
    news.put("README.md", file("news"));
    ObjectId course = repository.commit("2026-11-24T11:00:00Z", news, start);
    repository.push(THURSDAY, pool("mine"), mine, course);
    assertThat(outcome(read(WEDNESDAY))).isEqualTo("mine");
  }

  @Test
  void what_builds_upon_a_commit_comes_after_it_whatever_the_dates_say() throws IOException {
    ObjectId one = repository.commit(MONDAY, pool("one"));
    ObjectId early = repository.commit(THURSDAY, pool("clock is wrong"), one);
    repository.push(TUESDAY, pool("three"), early);
    HandIn handIn = read(WEDNESDAY);
    assertThat(outcome(handIn)).isEqualTo("three");
    assertThat(handIn.notes()).singleElement().asString().startsWith("dates run backwards: commit");
    assertThat(outcome(read(""))).isEqualTo("three");
  }

  @Test
  void filters_and_attributes_are_not_obeyed() throws IOException {
    Path proof = temporary.resolve("proof");
    var files = new HashMap<>(pool("class A {}\r\n$Id$"));
    files.put(
        ".gitattributes",
        file("*.java filter=x ident eol=lf working-tree-encoding=UTF-16 export-subst\n"));
    files.put(".gitmodules", file("[submodule \"a\"]\n\tpath = a\n\turl = ../a\n"));
    files.put(".lfsconfig", file("[lfs]\n\turl = http://127.0.0.1:9/\n"));
    Files.writeString(
        repository.folder().resolve("config"),
        "[filter \"x\"]\n\tsmudge = touch '%s'\n\trequired\n[core]\n\tbare = true\n"
            .formatted(proof));
    repository.push(MONDAY, files);
    assertThat(outcome(read(""))).isEqualTo("class A {}\r\n$Id$");
    assertThat(proof).doesNotExist();
  }

  @Test
  void nothing_is_written() throws IOException {
    repository.push(MONDAY, pool("one"));
    read("");
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("course", "ann's répo.git", "roster.csv");
    }
  }

  @Test
  void of_names_that_differ_in_case_the_exact_one_is_taken() throws IOException {
    repository.push(
        MONDAY, Map.of(POOL, file("right"), POOL.replace("Pool.java", "pool.java"), file("wrong")));
    HandIn handIn = read("");
    assertThat(outcome(handIn)).isEqualTo("right");
    assertThat(handIn.notes()).containsExactly("pool.java is not taken: only Pool.java counts");
  }

  @Test
  void another_place_is_not_taken_but_named() throws IOException {
    ObjectId commit =
        repository.push(MONDAY, Map.of("Pool.java", file("a"), "x/pool.java", file("b")));
    HandIn handIn = read("");
    assertThat(outcome(handIn))
        .isEqualTo(
            "not gradable: the branch's commit %s has no %s: found Pool.java and x/pool.java",
            commit.abbreviate(10).name(), POOL);
    assertThat(handIn.at()).contains(Instant.parse(MONDAY));
  }

  @Test
  void only_plain_files_are_taken() throws IOException {
    repository.push(
        MONDAY, Map.of(POOL, new Blob("run".getBytes(UTF_8), FileMode.EXECUTABLE_FILE)));
    assertThat(outcome(read(""))).isEqualTo("run");
    repository.push(
        MONDAY, Map.of(POOL, new Blob("/etc/passwd".getBytes(UTF_8), FileMode.SYMLINK)));
    assertThat(outcome(read("")))
        .isEqualTo("not gradable: %s is a link, and links are not followed".formatted(POOL));
    repository.push(MONDAY, Map.of(POOL, new Blob(new byte[0], FileMode.GITLINK)));
    assertThat(outcome(read("")))
        .isEqualTo(
            "not gradable: %s is a submodule: another repository is not read".formatted(POOL));
    repository.push(MONDAY, Map.of("exercises", new Blob(new byte[0], FileMode.GITLINK)));
    assertThat(outcome(read("")))
        .isEqualTo("not gradable: exercises is a submodule: another repository is not read");
    repository.push(MONDAY, Map.of(POOL + "/a", file("a")));
    assertThat(outcome(read("")))
        .isEqualTo("not gradable: %s is a folder: a file must be there".formatted(POOL));
  }

  @Test
  void a_pointer_of_LFS_is_no_source() throws IOException {
    repository.push(MONDAY, pool("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"));
    assertThat(outcome(read(""))).contains("is a pointer of Git LFS");
  }

  @Test
  void a_repository_that_is_empty_or_has_no_such_branch_is_told() throws IOException {
    assertThat(outcome(read(""))).isEqualTo("not gradable: the repository is empty");
    repository.branch("main", repository.commit(MONDAY, pool("one")));
    assertThat(outcome(read("")))
        .isEqualTo("not gradable: the repository has no branch exercise/4-pool: it has main");
  }

  @Test
  void what_is_too_large_is_not_read() throws IOException {
    repository.push(MONDAY, pool("x".repeat(300)));
    assertThat(outcome(read("", limits(100, 1 << 20, 1 << 20, 100))))
        .isEqualTo("not gradable: %s is too large: it has more than 100 bytes".formatted(POOL));
    assertThat(outcome(read("", limits(100, 1 << 20, 200, 100))))
        .isEqualTo("not gradable: the repository has an object of more than 200 bytes");
    assertThat(outcome(read("", limits(1_000, 100, 1 << 20, 100))))
        .isEqualTo("not gradable: the repository sends more than 100 bytes");
    assertThat(outcome(read("", limits(1_000, 1 << 20, 1 << 20, 3))))
        .isEqualTo("not gradable: the repository has more than 3 objects");
  }

  private static Limits limits(int file, long fetch, int object, int objects) {
    return new Limits(file, 0, 0, 0, 100, fetch, object, objects, Duration.ofMinutes(1));
  }

  @Test
  void a_large_file_elsewhere_is_no_matter_if_the_server_can_leave_it_out() throws IOException {
    Files.writeString(
        repository.folder().resolve("config"),
        "[core]\n\tbare = true\n[uploadpack]\n\tallowFilter\n");
    repository.push(MONDAY, Map.of(POOL, file("one"), "movie", file("m".repeat(5_000))));
    assertThat(outcome(read("", limits(1_000, 1 << 20, 2_000, 100)))).isEqualTo("one");
  }
}
