package course.checks;

import com.github.difflib.patch.PatchFailedException;
import course.checks.Page.CodeBlock;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes everything in the pages that comes from the code: diffs, code blocks, patches. */
public final class Regenerate {
  private final Course course;
  private boolean complete = true;

  private Regenerate(Course course) {
    this.course = course;
  }

  /** Regenerates the course that this was started for; ends with 1 if something could not be. */
  public static void main(String[] args) throws IOException {
    var regenerate = new Regenerate(Course.ofCommand(args));
    regenerate.patches(); // first: pages may show parts of them
    regenerate.wrongVersions();
    regenerate.pages();
    System.exit(regenerate.complete ? 0 : 1);
  }

  private void patches() throws IOException {
    for (LessonPatch patch : LessonPatch.all(course)) {
      try {
        writeIfChanged(patch.patch(), patch.renewed(course));
      } catch (PatchFailedException e) {
        complain(
            patch.patch()
                + " no longer fits its lesson: make the change by hand in "
                + patch.lesson()
                + ", write what 'git diff --relative' prints there to the patch, and undo it");
      }
    }
  }

  private void wrongVersions() throws IOException {
    for (Exercise exercise : Exercise.all(course.root())) {
      for (WrongVersion version : new Solutions(exercise).wrong()) {
        try {
          if (version.renew()) {
            System.out.println("regenerated " + course.name(version.path()));
          }
        } catch (IOException e) { // it says which file, and what to do
          complain(e.getMessage());
        }
      }
    }
  }

  private void pages() throws IOException {
    for (String file : course.pages()) {
      Page page = Page.read(course, file);
      var lines = new ArrayList<>(course.lines(file));
      for (CodeBlock block : page.blocks().reversed()) { // from the end: line numbers stay right
        List<String> content = lines.subList(block.line(), block.line() + block.lines().size());
        renewed(page, block)
            .ifPresent(renewed -> {
              content.clear();
              content.addAll(renewed);
            });
      }
      writeIfChanged(file, lines);
    }
  }

  private Optional<List<String>> renewed(Page page, CodeBlock block) throws IOException {
    if (block.shownFile() == null) {
      for (Step step : Step.ALL) {
        if (block.language().equals("diff") && step.page().equals(page.file())) {
          return Optional.of(step.diff(course));
        }
      }
      return Optional.empty();
    }
    String file = page.resolve(block.shownFile());
    if (!course.exists(file)) {
      complain(page.at(block.line()) + " shows " + file + ", which does not exist");
      return Optional.empty();
    }
    Optional<List<String>> renewed = Excerpts.renewed(block, course.lines(file));
    if (renewed.isEmpty()) {
      complain(
          page.at(block.line())
              + ": the block's first and last line are no longer in "
              + file
              + ": copy in the lines that it should show now");
    }
    return renewed;
  }

  private void writeIfChanged(String file, List<String> lines) throws IOException {
    if (!course.lines(file).equals(lines)) {
      course.write(file, lines);
      System.out.println("regenerated " + file);
    }
  }

  private void complain(String what) {
    System.err.println(what);
    complete = false;
  }
}
