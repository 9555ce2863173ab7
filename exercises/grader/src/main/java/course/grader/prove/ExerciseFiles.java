package course.grader.prove;

import course.grader.model.Exercise;
import course.grader.model.Exercise.Task;
import course.grader.model.ExercisePage;
import course.grader.model.ExercisePage.Numbered;
import course.grader.model.Folders;
import course.grader.model.Solutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What can be said of an exercise without running it: its files are there, and agree. */
final class ExerciseFiles {
  private static final int LEAST_WRONG_VERSIONS = 4;

  private static final List<String> HEADINGS =
      List.of("The problem", "What must hold", "How to run", "Hints", "What to read");

  private static final Pattern TEST =
      Pattern.compile("@Test\\s+@Order\\((\\d+)\\)\\s+void (\\w+)\\(");

  private final Exercise exercise;
  private final Solutions solutions;
  private final List<String> faults = new ArrayList<>();

  private ExerciseFiles(Exercise exercise) {
    this.exercise = exercise;
    this.solutions = new Solutions(exercise);
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
    if (about.difficulty() < 1 || about.difficulty() > 3) {
      fault(json, "difficulty is " + about.difficulty() + ", not 1, 2 or 3");
    }
    for (String editable : about.editable()) {
      if (!Files.exists(file(editable))) {
        fault(file(editable), "is missing, although " + Exercise.FILE + " calls it editable");
      }
    }
    if (about.tests().stream().allMatch(test -> test.starter() == Exercise.Starter.PASSES)) {
      fault(json, "the starter fails no test: there is nothing to do");
    }
    for (Task test : about.tests()) {
      if (test.points() < 1) {
        fault(json, test.test() + " has " + test.points() + " points");
      }
    }
    Path pom = file("../pom.xml");
    if (!Files.readString(pom).contains("<module>" + exercise.name() + "</module>")) {
      fault(pom, "does not list the module " + exercise.name());
    }
  }

  /** Test N of {@code exercise.json} has {@code @Order(N)}, and there are no others. */
  private void tests() throws IOException {
    var written = new TreeMap<Integer, String>();
    for (var source : exercise.sources("src/test/java").entrySet()) {
      String type = source.getKey().replaceFirst(".*/(.*)\\.java", "$1");
      TEST.matcher(source.getValue())
          .results()
          .forEach(found -> {
            String name = type + "." + found.group(2);
            String other = written.put(Integer.parseInt(found.group(1)), name);
            if (other != null) {
              fault(file(source.getKey()), name + " has the number of " + other);
            }
          });
    }
    List<Task> named = exercise.about().tests();
    for (int number = 1; number <= Math.max(named.size(), written.size()); number++) {
      String here = number <= named.size() ? named.get(number - 1).test() : "nothing";
      String there = written.getOrDefault(number, "nothing");
      if (!here.equals(there)) {
        fault(
            file(Exercise.FILE),
            "test %d is %s, but @Order(%d) in the tests is on %s"
                .formatted(number, here, number, there));
      }
    }
  }

  /** Rule N of the README says in its first words what test N is called. */
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
    List<Task> tests = exercise.about().tests();
    for (int i = 0; i < Math.max(tests.size(), rules.size()); i++) {
      String here = i < rules.size() ? words(rules.get(i).text()) : "nothing";
      String there = i < tests.size() ? words(tests.get(i).rule()) : "nothing";
      if (!here.equals(there)) {
        fault(
            readme,
            "rule %d says '%s', but test %d says '%s'".formatted(i + 1, here, i + 1, there));
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
    var others = new TreeMap<>(exercise.sources("src"));
    for (Path path : Folders.files(solutions.folder())) {
      if (path.toString().endsWith(".java")) {
        others.put(exercise.folder().relativize(path).toString(), Files.readString(path));
      }
    }
    others.forEach((name, text) -> {
      if (text.contains("TODO")) {
        fault(file(name), "has a TODO, but is not for students to change");
      }
    });
  }

  private void strayFiles() throws IOException {
    stray(
        exercise.folder(),
        "pom\\.xml|README\\.md|exercise\\.json|src/(main|test)/java/course/server/\\w+\\.java",
        "target/.*");
    String editable = String.join("|", simpleNames()).replace(".", "\\.");
    stray(
        solutions.folder(),
        "starter\\.txt|(wrong/[a-z0-9-]+/)?(" + editable + ")|wrong/[a-z0-9-]+/verdict\\.txt",
        "");
    for (String name : simpleNames()) {
      if (!Files.exists(solutions.folder().resolve(name))) {
        fault(solutions.folder().resolve(name), "is missing: it is the reference solution");
      }
    }
    List<Path> wrong = solutions.wrongVersions();
    if (wrong.size() < LEAST_WRONG_VERSIONS) {
      fault(
          solutions.folder().resolve("wrong"),
          "has %d wrong versions, not %d or more".formatted(wrong.size(), LEAST_WRONG_VERSIONS));
    }
    for (Path version : wrong) {
      var files = solutions.version(version);
      if (files.equals(exercise.student()) || files.equals(solutions.reference())) {
        fault(version, "changes none of " + simpleNames());
      }
    }
  }

  private Set<String> simpleNames() {
    var names = new TreeSet<String>();
    exercise.about().editable().forEach(file -> names.add(file.replaceFirst(".*/", "")));
    return names;
  }

  private void stray(Path folder, String expected, String ignored) throws IOException {
    for (Path path : Folders.files(folder)) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      if (!name.matches(expected) && !name.matches(ignored)) {
        fault(path, "is no file of an exercise");
      }
    }
  }
}
