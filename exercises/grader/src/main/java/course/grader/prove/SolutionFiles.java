package course.grader.prove;

import course.grader.model.Exercise;
import course.grader.model.Folders;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be said of an exercise's solutions without running them. */
final class SolutionFiles {
  private static final int MINIMUM_WRONG_VERSIONS = 4;

  private final Exercise exercise;
  private final Solutions solutions;
  private final List<String> faults = new ArrayList<>();

  private SolutionFiles(Exercise exercise) {
    this.exercise = exercise;
    this.solutions = new Solutions(exercise);
  }

  /** Returns what is wrong, each with the file that it is in. */
  static List<String> faults(Exercise exercise) throws IOException {
    var files = new SolutionFiles(exercise);
    files.reference();
    if (files.faults.isEmpty()) {
      files.strayFiles();
      files.wrong();
      for (var right : files.solutions.right().entrySet()) {
        files.changes(right.getKey(), right.getValue());
      }
    }
    return files.faults;
  }

  private void fault(Path file, String what) {
    faults.add(file.normalize() + ": " + what);
  }

  private void reference() {
    for (String name : simpleNames()) {
      if (!Files.exists(solutions.folder().resolve(name))) {
        fault(solutions.folder().resolve(name), "is missing: it is the reference solution");
      }
    }
  }

  private void wrong() throws IOException {
    List<WrongVersion> wrong = solutions.wrong();
    if (wrong.size() < MINIMUM_WRONG_VERSIONS) {
      fault(
          solutions.folder().resolve("wrong"),
          "has %d wrong versions, not %d or more".formatted(wrong.size(), MINIMUM_WRONG_VERSIONS));
    }
    Set<String> labels =
        solutions.allTests().stream().map(RuleTest::label).collect(Collectors.toSet());
    for (WrongVersion version : wrong) {
      try {
        for (String label : version.rejectedBy()) {
          if (!labels.contains(label)) {
            fault(
                version.path(), "says that it is rejected by " + label + ": there is no such test");
          }
        }
        changes(version.path(), version.files());
      } catch (IOException e) { // it says which file, and what to do
        faults.add(e.getMessage());
      }
    }
  }

  private void changes(Path version, Map<String, String> files) throws IOException {
    if (files.equals(exercise.student()) || files.equals(solutions.reference())) {
      fault(version, "changes none of " + simpleNames());
    }
  }

  private Set<String> simpleNames() {
    var names = new TreeSet<String>();
    exercise.about().editable().forEach(file -> names.add(file.replaceFirst(".*/", "")));
    return names;
  }

  private void strayFiles() throws IOException {
    String editable = String.join("|", simpleNames()).replace(".", "\\.");
    String expected =
        "words\\.txt|(known|survivors)\\.json|wrong/[a-z0-9-]+(\\.patch|/about\\.txt)"
            + "|hidden/[A-Za-z0-9]+\\.java"
            + "|((wrong|right)/[a-z0-9-]+/)?(EDITABLE)".replace("EDITABLE", editable);
    for (Path path : Folders.files(solutions.folder())) {
      String name = solutions.folder().relativize(path).toString().replace('\\', '/');
      if (!name.matches(expected)) {
        fault(path, "is no file of an exercise's solutions");
      } else if (name.endsWith(".java") && Files.readString(path).contains("TODO")) {
        fault(path, "has a TODO, but is not for students to change");
      }
    }
  }
}
