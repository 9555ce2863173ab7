package course.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import course.checks.Page.CodeBlock;
import course.checks.Page.Picture;
import course.checks.Page.Target;
import course.grader.model.Diffs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say of the code is so. */
class PagesTest {
  private static final Course COURSE = new Course(Path.of("../.."));

  /** Commands, what they print, and diagrams; all else is code, and must name its file. */
  private static final Set<String> NOT_FROM_A_FILE = Set.of("sh", "text", "mermaid");

  /** What {@code publish} leaves out. */
  private static final Pattern NOT_FOR_STUDENTS =
      Pattern.compile(
          "TEACHING\\.md.*|\\.github/.*|exercises/solutions/.*|exercises/interleave/compare/.*"
              + "|exercises/(grader|checks|interleave|testkit)/src/(?!main/).*");

  static List<String> pages() throws IOException {
    return COURSE.pages();
  }

  /** A newcomer sees both commands without scrolling, and what the tour shows as a whole. */
  @Test
  void the_first_page_is_short_and_its_picture_flat() throws IOException {
    assertThat(COURSE.lines("README.md")).hasSizeLessThanOrEqualTo(60);
    assertThat(COURSE.lines("README.md"))
        .filteredOn(line -> line.startsWith("<img "))
        .singleElement()
        .asString()
        .contains("height=\"220\"");
    assertThat(ImageIO.read(COURSE.root().resolve("client/tour.png").toFile()))
        .satisfies(picture -> assertThat(picture.getWidth()).isEqualTo(4 * picture.getHeight()));
  }

  @Test
  void every_lesson_has_a_page() throws IOException {
    assertThat(pages())
        .contains(Course.LESSONS.stream().map(l -> l + "/README.md").toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_code_block_is_a_run_of_lines_of_the_file_that_it_names(String file) {
    Page page = Page.read(COURSE, file);
    var wrong = new ArrayList<String>();
    for (CodeBlock block : page.blocks()) {
      wrong.addAll(faults(page, block));
    }
    failIfAny(wrong, "code blocks in " + file);
  }

  private static List<String> faults(Page page, CodeBlock block) {
    String at = page.at(block.line()) + ": ";
    if (block.shownFile() == null) {
      boolean pinned =
          Step.ALL.stream().anyMatch(step -> step.page().equals(page.file()))
              && block.language().equals("diff"); // StepTest compares it
      return pinned || NOT_FROM_A_FILE.contains(block.language())
          ? List.of()
          : List.of(
              at
                  + "'"
                  + block.info()
                  + "': write ```sh, ```text or ```mermaid, or name the file, as in ```java"
                  + " file=src/main/java/course/server/Server.java");
    }
    String shown = page.resolve(block.shownFile());
    if (!COURSE.exists(shown)) {
      return List.of(at + "shows " + shown + ", which does not exist: name the file that it is in");
    }
    List<String> lines = COURSE.lines(shown);
    if (!block.lines().isEmpty() && Excerpts.isContiguousRun(block.lines(), lines)) {
      return List.of();
    }
    var fault = new ArrayList<String>();
    fault.add(at + "is not what " + shown + " says. If the code is right, run");
    fault.add("  " + Course.REGENERATE);
    Excerpts.renewed(block, lines)
        .ifPresent(now ->
            fault.addAll(Diffs.unified("in " + page.file(), block.lines(), "in " + shown, now)));
    return fault;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_relative_link_leads_somewhere(String file) {
    Page page = Page.read(COURSE, file);
    var broken = new ArrayList<String>();
    for (Target link : page.links()) {
      if (!link.to().matches("[a-z]+:.*") && !leadsSomewhere(page, link.to())) {
        broken.add(
            page.at(link.line())
                + ": the link to "
                + link.to()
                + " leads nowhere: there is no such file, or no such heading in it");
      }
    }
    failIfAny(broken, "broken links in " + file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_page_for_students_links_to_nothing_that_is_kept_from_them(String file) {
    if (NOT_FOR_STUDENTS.matcher(file).matches()) {
      return;
    }
    Page page = Page.read(COURSE, file);
    var broken = new ArrayList<String>();
    for (Target link : page.links()) {
      if (NOT_FOR_STUDENTS.matcher(page.resolve(link.to())).matches()) {
        broken.add(
            page.at(link.line())
                + ": the link to "
                + link.to()
                + " leads nowhere in the copy that students get: name it as `code`");
      }
    }
    failIfAny(broken, "links in " + file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_output_stands_below_the_command_that_prints_it(String file) {
    Page page = Page.read(COURSE, file);
    var bare = new ArrayList<String>();
    for (CodeBlock block : page.blocks()) {
      if (block.language().equals("text") && page.above(block.line(), "sh").isEmpty()) {
        bare.add(
            page.at(block.line())
                + ": there is no ```sh block above it, under the same heading: show the command"
                + " that prints this");
      }
    }
    failIfAny(bare, "outputs without their commands in " + file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_sentence_has_a_line_of_its_own(String file) {
    failIfAny(Sentences.faults(Page.read(COURSE, file)), "sentences in " + file);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_picture_names_the_command_that_draws_it_anew(String file) {
    Page page = Page.read(COURSE, file);
    var bare = new ArrayList<String>();
    for (Picture picture : page.pictures()) {
      if (picture.command() == null) {
        bare.add(
            page.at(picture.line())
                + ": write below "
                + picture.file()
                + " what draws it anew, as in <!-- "
                + TourPicture.COMMAND
                + " -->");
      }
    }
    failIfAny(bare, "pictures without their commands in " + file);
  }

  /** Prints the faults one a line, and once: an assertion on a list would print them twice. */
  static void failIfAny(List<String> faults, String what) {
    if (!faults.isEmpty()) {
      fail(what + ":\n" + String.join("\n", faults));
    }
  }

  private static boolean leadsSomewhere(Page page, String link) {
    String[] parts = link.split("#", 2);
    String target = parts[0].isEmpty() ? page.file() : page.resolve(parts[0]);
    if (!COURSE.exists(target) || target.matches("(.*/)?target(/.*)?")) { // not in a fresh clone
      return false;
    }
    return parts.length == 1
        || !target.endsWith(".md")
        || Page.read(COURSE, target).anchors().contains(parts[1]);
  }
}
