package course.grader.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.engine.ClassPath;
import course.grader.engine.compile.Compiler;
import course.grader.grade.walls.AllowList;
import course.grader.model.Exercise;
import course.grader.model.Folders;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An exercise, made ready to grade many submissions: its tests are compiled against the starter,
 * and never against a submission. Immutable.
 */
final class GradedExercise {
  /** A test that fails whatever a submission does: one that passes has broken through. */
  static final RuleTest DECOY = new RuleTest(0, 0, "decoy", "Decoy", "one_and_one_are_three");

  private static final String DECOY_FILE = Exercise.TESTS + "/course/server/Decoy.java";

  private final Exercise exercise;
  private final List<RuleTest> hiddenTests;
  private final Map<String, String> tests; // sources, by path
  private final Map<String, String> hidden;
  private final Map<String, byte[]> visibleClasses; // by path
  private final Map<String, byte[]> hiddenClasses;

  /** Prepares an exercise; throws an IOException if its tests do not compile. */
  GradedExercise(Exercise exercise) throws IOException {
    this.exercise = exercise;
    tests = new LinkedHashMap<>(exercise.sources(Exercise.TESTS));
    tests.put(DECOY_FILE, decoy());
    var solutions = new Solutions(exercise);
    hidden = new LinkedHashMap<>(tests);
    hidden.putAll(solutions.hidden());
    hiddenTests = solutions.hiddenTests();
    Path folder = Files.createTempDirectory("graded");
    try (var compiler = new Compiler()) {
      var starter = new LinkedHashMap<>(exercise.sources(Exercise.MAIN));
      starter.putAll(exercise.student());
      compile(compiler, starter, List.of(), folder.resolve("starter"));
      var classPath = new ArrayList<>(List.of(folder.resolve("starter")));
      classPath.addAll(ClassPath.ours());
      visibleClasses = compile(compiler, tests, classPath, folder.resolve("visible"));
      hiddenClasses =
          hiddenTests.isEmpty()
              ? Map.of()
              : compile(compiler, hidden, classPath, folder.resolve("hidden"));
    } finally {
      Folders.delete(folder);
    }
  }

  private static String decoy() throws IOException {
    try (InputStream in = GradedExercise.class.getResourceAsStream("Decoy.java.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Map<String, byte[]> compile(
      Compiler compiler, Map<String, String> sources, List<Path> classPath, Path output)
      throws IOException {
    Files.createDirectory(output);
    List<String> errors = compiler.compile(sources, Set.of(), classPath, output, false);
    if (!errors.isEmpty()) {
      throw new IOException(
          "%s, %s: %s".formatted(exercise.name(), output.getFileName(), errors.getFirst()));
    }
    return Folders.bytes(output);
  }

  Exercise exercise() {
    return exercise;
  }

  /** Returns the tests that students have. */
  List<RuleTest> visibleTests() {
    return exercise.tests();
  }

  /** Returns the tests that students do not have; may be none. */
  List<RuleTest> hiddenTests() {
    return hiddenTests;
  }

  /** Returns the classes of the visible tests and of the decoy, by path. */
  Map<String, byte[]> visibleClasses() {
    return visibleClasses;
  }

  /** Returns the classes of all tests and of the decoy, by path; none if no test is hidden. */
  Map<String, byte[]> hiddenClasses() {
    return hiddenClasses;
  }

  /** Returns the names of classes of ours: a student's of such a name would be taken for it. */
  Set<String> taken() {
    var taken = new HashSet<String>();
    hidden.keySet().forEach(file -> taken.add(Exercise.className(file)));
    return taken;
  }

  /** Returns a text that is another one if a test, a source of ours or what is allowed is. */
  String version() throws IOException {
    return exercise.sources(Exercise.MAIN) + "\n" + hidden + "\n" + AllowList.ofItsOwn(exercise);
  }
}
