package course.grader;

import course.grader.Exercise.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be said of an exercise without running it: its files are there, and agree. */
final class ExerciseFiles {
  private static final int LEAST_WRONG_VERSIONS = 4;

  private static final List<String> HEADINGS =
      List.of("The problem", "What must hold", "How to run", "Hints", "What to read");

  private static final Pattern TEST =
      Pattern.compile("@Test\\s+@Order\\((\\d+)\\)\\s+void (\\w+)\\(");
  private static final Pattern RULE =
      Pattern.compile("(?m)^(\\d+)\\. \\*\\*(.+?)\\*\\*", Pattern.DOTALL);
  private static final Pattern HINT =
      Pattern.compile(
          "<details>\\s*<summary>Hint (\\d)[^<]*</summary>\\s*(.*?)\\s*</details>", Pattern.DOTALL);

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
    String text = Files.readString(readme).replace("\r", "");
    for (String heading : HEADINGS) {
      if (!text.contains("\n## " + heading + "\n")) {
        fault(readme, "has no heading '## " + heading + "'");
      }
    }
    String rules = section(text, "What must hold");
    var sentences = RULE.matcher(rules).results().map(rule -> words(rule.group(2))).toList();
    var numbers = RULE.matcher(rules).results().map(rule -> rule.group(1)).toList();
    List<Task> tests = exercise.about().tests();
    for (int i = 0; i < Math.max(tests.size(), sentences.size()); i++) {
      String here = i < sentences.size() ? sentences.get(i) : "nothing";
      String there = i < tests.size() ? words(tests.get(i).rule()) : "nothing";
      if (!here.equals(there)) {
        fault(
            readme,
            "rule %d says '%s', but test %d says '%s'".formatted(i + 1, here, i + 1, there));
      } else if (!numbers.get(i).equals(String.valueOf(i + 1))) {
        fault(readme, "rule " + (i + 1) + " has the number " + numbers.get(i));
      }
    }
    hints(readme, section(text, "Hints"));
  }

  /** Returns the hints of an exercise's page, as they are written. */
  static List<String> hintTexts(Exercise exercise) throws IOException {
    String text = Files.readString(exercise.folder().resolve("README.md")).replace("\r", "");
    return HINT.matcher(text).results().map(hint -> hint.group(2)).toList();
  }

  private void hints(Path readme, String section) {
    List<String> numbers = HINT.matcher(section).results().map(hint -> hint.group(1)).toList();
    if (!numbers.equals(List.of("1", "2", "3"))) {
      fault(
          readme,
          "must have the hints 1, 2 and 3, each folded in"
              + " <details><summary>Hint N</summary> … </details>; has "
              + numbers);
    }
    HINT.matcher(section)
        .results()
        .filter(hint -> hint.group(2).length() < 40)
        .forEach(hint -> fault(readme, "hint " + hint.group(1) + " says almost nothing"));
  }

  private static String section(String text, String heading) {
    int start = text.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      return "";
    }
    int end = text.indexOf("\n## ", start + 1);
    return text.substring(start, end < 0 ? text.length() : end);
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
    for (Path path : files(exercise.solutions())) {
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

  /** Returns the files in a folder and its folders; none if there is no such folder. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void strayFiles() throws IOException {
    stray(
        exercise.folder(),
        "pom\\.xml|README\\.md|exercise\\.json|src/(main|test)/java/course/server/\\w+\\.java",
        "target/.*");
    String editable = String.join("|", simpleNames()).replace(".", "\\.");
    stray(
        exercise.solutions(),
        "starter\\.txt|(wrong/[a-z0-9-]+/)?(" + editable + ")|wrong/[a-z0-9-]+/verdict\\.txt",
        "");
    for (String name : simpleNames()) {
      if (!Files.exists(exercise.solutions().resolve(name))) {
        fault(exercise.solutions().resolve(name), "is missing: it is the reference solution");
      }
    }
    List<Path> wrong = wrongVersions(exercise);
    if (wrong.size() < LEAST_WRONG_VERSIONS) {
      fault(
          exercise.solutions().resolve("wrong"),
          "has %d wrong versions, not %d or more".formatted(wrong.size(), LEAST_WRONG_VERSIONS));
    }
    for (Path version : wrong) {
      var files = exercise.version(version);
      if (files.equals(exercise.student())
          || files.equals(exercise.version(exercise.solutions()))) {
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
    for (Path path : files(folder)) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      if (!name.matches(expected) && !name.matches(ignored)) {
        fault(path, "is no file of an exercise");
      }
    }
  }

  /** Returns the folders of the wrong versions, in order. */
  static List<Path> wrongVersions(Exercise exercise) throws IOException {
    Path wrong = exercise.solutions().resolve("wrong");
    if (!Files.isDirectory(wrong)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(wrong)) {
      return versions.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Returns the sections of a file of pinned failures, by test. */
  static Map<String, String> pinned(Path file) throws IOException {
    var pinned = new TreeMap<String, String>();
    if (Files.exists(file)) {
      for (String section : Files.readString(file).replace("\r", "").split("(?m)^== ", -1)) {
        if (!section.isBlank()) {
          String[] parts = section.split("\n", 2);
          pinned.put(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip());
        }
      }
    }
    return pinned;
  }

  static String pinnedText(Map<String, String> failures) {
    var text = new StringBuilder();
    failures.forEach((test, why) -> text.append("== %s\n%s\n\n".formatted(test, why)));
    return text.toString().strip() + "\n";
  }
}
