package course.grader.prove;

import course.grader.model.Exercise;
import course.grader.model.ExercisePage;
import course.grader.model.ExercisePage.Numbered;
import course.grader.model.Folders;
import course.grader.model.RuleTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be said of an exercise without running it: its files are there, and agree. */
final class ExerciseFiles {
  private static final List<String> HEADINGS =
      List.of("The problem", "What must hold", "How to run", "Hints", "What to read");

  private static final String FILES =
      "target/.*|pom\\.xml|README\\.md|exercise\\.json|allowed\\.txt"
          + "|src/(main|test)/java/course/server/\\w+\\.java";

  private final Exercise exercise;
  private final List<String> faults = new ArrayList<>();

  private ExerciseFiles(Exercise exercise) {
    this.exercise = exercise;
  }

  /** Returns what is wrong, each with the file that it is in. */
  static List<String> faults(Exercise exercise) throws IOException {
    var files = new ExerciseFiles(exercise);
    files.metadata();
    files.tests();
    files.page();
    files.todos();
    files.strayFiles();
    return files.faults;
  }

  private void fault(Path file, String what) {
    faults.add(file.normalize() + ": " + what);
  }

  private Path file(String name) {
    return exercise.folder().resolve(name);
  }

  private void metadata() throws IOException {
    Path json = file(Exercise.FILE);
    var about = exercise.about();
    if (!Files.isDirectory(file("../../" + about.lesson()))) {
      fault(json, "there is no lesson " + about.lesson());
    }
    for (String editable : about.editable()) {
      if (!Files.exists(file(editable))) {
        fault(file(editable), "is missing, although " + Exercise.FILE + " calls it editable");
      }
    }
    said(file("../pom.xml"), "<module>" + exercise.name() + "</module>");
    String link = exercise.name() + "/README.md)";
    said(file("../README.md"), link + " | lesson " + about.lesson().replaceAll("\\D", ""));
    said(file("../../TEACHING.md"), "(exercises/" + link);
    said(file("../../" + about.lesson() + "/README.md"), "(../exercises/" + link);
  }

  /** What there is to read of exercises elsewhere has this one too. */
  private void said(Path file, String text) throws IOException {
    if (Files.exists(file) && !Files.readString(file).contains(text)) {
      fault(file, "does not have '" + text + "'");
    }
  }

  /** Each test says which rule it tries, and each rule is said by one test, with its points. */
  private void tests() throws IOException {
    List<RuleTest> tests = exercise.tests();
    for (var source : exercise.sources(Exercise.TESTS).entrySet()) {
      long annotated =
          source.getValue().lines().filter(line -> line.strip().equals("@Test")).count();
      String type = Exercise.className(source.getKey());
      long known = tests.stream().filter(test -> test.type().equals(type)).count();
      if (annotated != known) {
        fault(
            file(source.getKey()),
            "%d of %d tests do not say which rule they try: write @Rule(N) below @Test"
                .formatted(annotated - known, annotated));
      }
    }
    int rules = tests.stream().mapToInt(RuleTest::rule).max().orElse(0);
    for (int n = 1; n <= rules; n++) {
      int rule = n;
      long says = tests.stream().filter(test -> test.rule() == rule && test.points() > 0).count();
      if (says != 1) {
        fault(
            file(Exercise.TESTS),
            "rule %d is said by %d tests, not one: write @Rule(value = %d, points = 1) at one"
                .formatted(rule, says, rule));
      }
    }
  }

  /** Rule N of the README says in its first words what its test is called. */
  private void page() throws IOException {
    Path readme = file("README.md");
    if (!Files.exists(readme)) {
      fault(readme, "is missing");
      return;
    }
    ExercisePage page = exercise.page();
    for (String heading : HEADINGS) {
      if (!page.hasSection(heading)) {
        fault(readme, "has no heading '## " + heading + "'");
      }
    }
    List<Numbered> rules = page.rules();
    List<RuleTest> says = exercise.tests().stream().filter(test -> test.points() > 0).toList();
    for (int i = 0; i < Math.max(says.size(), rules.size()); i++) {
      String here = i < rules.size() ? words(rules.get(i).text()) : "nothing";
      String there = i < says.size() ? words(says.get(i).sentence()) : "nothing";
      if (!here.equals(there)) {
        fault(
            readme,
            "rule %d says '%s', but its test in %s is called '%s': change the one that is wrong"
                .formatted(i + 1, here, Exercise.TESTS, there));
      } else if (!rules.get(i).number().equals(String.valueOf(i + 1))) {
        fault(readme, "rule " + (i + 1) + " has the number " + rules.get(i).number());
      }
    }
    hints(readme, page.hints());
  }

  private void hints(Path readme, List<Numbered> hints) {
    List<String> numbers = hints.stream().map(Numbered::number).toList();
    if (!numbers.equals(List.of("1", "2", "3"))) {
      fault(
          readme,
          "must have the hints 1, 2 and 3, each folded in"
              + " <details><summary>Hint N</summary> … </details>; has "
              + numbers);
    }
    hints.stream()
        .filter(hint -> hint.text().length() < 40)
        .forEach(hint -> fault(readme, "hint " + hint.number() + " says almost nothing"));
  }

  /** Returns a sentence as the words that it is made of. */
  private static String words(String sentence) {
    return sentence.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
  }

  /** What there is to do is marked in each file that a student edits, and nowhere else. */
  private void todos() throws IOException {
    for (var file : exercise.student().entrySet()) {
      if (!file.getValue().contains("TODO")) {
        fault(file(file.getKey()), "has no TODO: where should a student begin?");
      }
    }
    exercise
        .sources("src")
        .forEach((name, text) -> {
          if (text.contains("TODO")) {
            fault(file(name), "has a TODO, but is not for students to change");
          }
        });
  }

  private void strayFiles() throws IOException {
    for (Path path : Folders.files(exercise.folder())) {
      String name = exercise.folder().relativize(path).toString().replace('\\', '/');
      if (!name.matches(FILES)) {
        fault(path, "is no file of an exercise");
      }
    }
  }
}
