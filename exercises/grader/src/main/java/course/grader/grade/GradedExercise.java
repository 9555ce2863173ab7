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
final class GradedExercise implements AutoCloseable {
  /** A test that fails whatever a submission does: one that passes has broken through. */
  static final RuleTest DECOY = new RuleTest(0, 0, "decoy", "Decoy", "one_and_one_are_three");

  private static final String DECOY_FILE = Exercise.TESTS + "/course/server/Decoy.java";

  private final Exercise exercise;
  private final List<RuleTest> hiddenTests;
  private final Map<String, String> tests; // sources, by path
  private final Map<String, String> hidden;
  private final Path folder = Files.createTempDirectory("graded");

  /** Prepares an exercise; throws an IOException if its tests do not compile. */
  GradedExercise(Exercise exercise) throws IOException {
    this.exercise = exercise;
    tests = new LinkedHashMap<>(exercise.sources(Exercise.TESTS));
    tests.put(DECOY_FILE, decoy());
    var solutions = new Solutions(exercise);
    hidden = new LinkedHashMap<>(tests);
    hidden.putAll(solutions.hidden());
    hiddenTests = solutions.hiddenTests();
    try (var compiler = new Compiler()) {
      var starter = new LinkedHashMap<>(exercise.sources(Exercise.MAIN));
      starter.putAll(exercise.student());
      compile(compiler, starter, List.of(), "starter");
      var classPath = new ArrayList<>(List.of(folder.resolve("starter")));
      classPath.addAll(ClassPath.ours());
      compile(compiler, tests, classPath, "visible");
      if (!hiddenTests.isEmpty()) {
        compile(compiler, hidden, classPath, "hidden");
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static String decoy() throws IOException {
    try (InputStream in = GradedExercise.class.getResourceAsStream("Decoy.java.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void compile(
      Compiler compiler, Map<String, String> sources, List<Path> classPath, String name)
      throws IOException {
    Path output = Files.createDirectory(folder.resolve(name));
    List<String> errors = compiler.compile(sources, Set.of(), classPath, output, false);
    if (!errors.isEmpty()) {
      throw new IOException("%s, %s: %s".formatted(exercise.name(), name, errors.getFirst()));
    }
  }

  Exercise exercise() {
    return exercise;
  }

  /** Returns the tests that students have, then the decoy. */
  List<RuleTest> visibleTests() {
    var all = new ArrayList<>(exercise.tests());
    all.add(DECOY);
    return all;
  }

  /** Returns the tests that students do not have; may be none. */
  List<RuleTest> hiddenTests() {
    return hiddenTests;
  }

  /** Returns a folder with the classes of the visible tests. */
  Path visibleClasses() {
    return folder.resolve("visible");
  }

  /** Returns a folder with the classes of all tests. */
  Path hiddenClasses() {
    return folder.resolve("hidden");
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

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
