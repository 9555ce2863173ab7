package course.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import course.checks.Course.Size;
import course.checks.Page.CodeBlock;
import course.grader.model.Diffs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each lesson is the one before it with one change, and its page shows just that change. */
class StepTest {
  @SuppressWarnings("unused") // by the tests' annotations
  private static final List<Step> STEPS = Step.ALL;

  @SuppressWarnings("unused") // by a test's annotation
  private static final List<Size> SIZES = Course.SIZES;

  private final Course course = new Course(Path.of("../.."));

  @ParameterizedTest
  @FieldSource("STEPS")
  void the_diff_in_the_lessons_page_is_the_one_between_the_sources(Step step) throws IOException {
    List<CodeBlock> pinned =
        Page.read(course, step.page()).blocks().stream()
            .filter(block -> block.language().equals("diff") && block.shownFile() == null)
            .toList();
    assertThat(pinned)
        .as("diff blocks in %s: one, the change from %s", step.page(), step.before())
        .hasSize(1);
    List<String> difference =
        Diffs.unified(
            "in " + step.page(),
            pinned.getFirst().lines(),
            "between the sources",
            step.diff(course));
    if (!difference.isEmpty()) {
      fail(
          "%s:%d: the pinned diff is not the one between %s/src/main and %s/src/main. If the code"
              + " is right, run%n  %s%n%s",
          step.page(),
          pinned.getFirst().line(),
          step.before(),
          step.after(),
          Course.REGENERATE,
          String.join("\n", difference));
    }
  }

  @ParameterizedTest
  @FieldSource("STEPS")
  void a_step_changes_only_the_files_that_it_is_about(Step step) throws IOException {
    var wrong = new ArrayList<String>();
    for (String file : step.filesOfBoth(course, "src")) {
      List<String> difference = difference(step, file);
      if (!difference.isEmpty() && !step.mayDiffer(file)) {
        wrong.addAll(difference);
      }
    }
    if (!wrong.isEmpty()) {
      fail(
          "From %s to %s only these may change: %s. Make the same edit in all lessons, or keep the"
              + " second idea for a lesson of its own:%n%s",
          step.before(), step.after(), step.mayChange(), String.join("\n", wrong));
    }
  }

  @ParameterizedTest
  @FieldSource("STEPS")
  void a_step_is_small_enough_to_be_one_idea(Step step) throws IOException {
    long lines = Diffs.changedLines(step.diff(course));
    assertThat(lines)
        .as(
            "lines that change from %s/src/main to %s/src/main. One lesson, one idea: undo what"
                + " does not belong to it, or make the same edit in all lessons (the budgets are in"
                + " Step.java):%n%s",
            step.before(), step.after(), String.join("\n", step.diff(course)))
        .isLessThanOrEqualTo(step.budget());
  }

  @ParameterizedTest
  @FieldSource("SIZES")
  void a_lesson_is_short_enough_to_be_read_whole(Size size) throws IOException {
    List<String> sources =
        course.filesUnder(size.lesson() + "/src/main/java", file -> file.endsWith(".java"));
    List<String> taught =
        sources.stream()
            .filter(file -> file.contains("/course/server/") && !file.endsWith("/Main.java"))
            .toList();
    assertThat(course.linesOfCode(taught)).as(lines(taught)).isLessThanOrEqualTo(size.taught());
    assertThat(course.linesOfCode(sources)).as(lines(sources)).isLessThanOrEqualTo(size.inAll());
  }

  private static String lines(List<String> files) {
    return "lines of code (no comments, imports, blank lines) in %s. Take out what the lesson is not"
            .formatted(String.join(", ", files))
        + " about; the limits are in Course.java";
  }

  @Test
  void lines_of_code_are_what_is_left_without_comments_imports_and_blank_lines() {
    List<String> code = List.of("class A { // first", "  int b = 2", "      * 3; /* last */", "}");
    var lines = new ArrayList<>(List.of("package a;", "", "import b.C;", "/** One. */"));
    lines.addAll(List.of("/**", " * Two.", " *", " */"));
    lines.addAll(code);
    lines.add("  // three");
    assertThat(Course.code(lines)).isEqualTo(code);
  }

  @ParameterizedTest
  @FieldSource("STEPS")
  void nothing_but_its_name_tells_a_lessons_pom_and_dockerfile_from_anothers(Step step) {
    for (String file : List.of("pom.xml", "Dockerfile")) {
      List<String> difference = difference(step, file);
      if (!difference.isEmpty()) {
        fail(
            "%s/%s and %s/%s must be equal but for the lesson's name; make the same edit in all"
                + " lessons:%n%s",
            step.before(), file, step.after(), file, String.join("\n", difference));
      }
    }
  }

  @Test
  void changed_lines_count_additions_and_removals_but_no_headers() {
    assertThat(
            Diffs.changedLines(Diffs.unified("a", List.of("1", "2"), "b", List.of("1", "3", "4"))))
        .isEqualTo(3);
  }

  private List<String> difference(Step step, String file) {
    return Diffs.unified(
        step.before() + "/" + file, lines(step.before(), file),
        step.after() + "/" + file, lines(step.after(), file));
  }

  private List<String> lines(String lesson, String file) {
    String name = lesson + "/" + file;
    if (!course.exists(name)) {
      return List.of();
    }
    return course.lines(name).stream()
        .map(line -> line.replace("<artifactId>" + lesson + "<", "<artifactId>(the lesson's)<"))
        .map(line -> line.replaceFirst("<name>Lesson \\d: .*</name>", "<name>(its title)</name>"))
        .toList();
  }
}
