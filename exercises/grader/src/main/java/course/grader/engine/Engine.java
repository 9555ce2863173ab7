package course.grader.engine;

import static java.util.stream.Collectors.toSet;

import course.grader.engine.compile.Compiler;
import course.grader.model.Exercise;
import course.grader.model.Folders;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Compiles an exercise with a student's files, runs its tests in a JVM of their own, and has a
 * result for each test whatever happens. Thread-safe: several verdicts may be asked for at once.
 */
public final class Engine implements AutoCloseable {
  private static final String UNFIT =
      "your code compiles, but the tests do not fit it any more: keep the names, parameters and"
          + " types that they use\n";

  private final Compiler compiler = new Compiler();
  private final TestRuns runs;

  /** By all that they depend on. */
  private final Map<String, CompiledTests> compiledTests = new HashMap<>(); // guarded by itself

  /**
   * Starts an engine.
   *
   * @param spareJvms how many JVMs are kept ready: as many as verdicts are asked for at once; 0 for
   *     one verdict: its JVM is being started when this returns, and no other after it
   */
  public Engine(int spareJvms) {
    this(spareJvms, false);
  }

  private Engine(int spareJvms, boolean again) {
    runs = new TestRuns(() -> LocalRunners.ofRunners(LocalRunners.OUR_RIGHTS), spareJvms, again);
  }

  /**
   * Starts an engine for versions of our own: a JVM that is in order after one runs the next, too.
   *
   * @param atOnce how many verdicts are asked for at once, at least 1
   */
  public static Engine forOurOwn(int atOnce) {
    return new Engine(atOnce, true);
  }

  /**
   * Runs all tests of an exercise, while others look on.
   *
   * @param student the files that the exercise lets a student change
   * @param progress told how far it is; may be cancelled by any thread
   * @throws CancellationException if it was
   * @throws IOException if nothing can be said about the student's code
   */
  public Verdict judge(Exercise exercise, Submission student, Progress progress)
      throws IOException {
    return student.faults().isEmpty()
        ? judge(exercise, student.texts(), exercise.tests(), Map.of(), progress)
        : all(exercise.tests(), Outcome.DID_NOT_COMPILE, String.join("\n", student.faults()));
  }

  /** Runs some tests of an exercise. */
  public Verdict judge(Exercise exercise, Map<String, String> student, List<RuleTest> tests)
      throws IOException {
    return judge(exercise, student, tests, Map.of(), new Progress());
  }

  /**
   * Runs some tests, of which not all are the exercise's.
   *
   * @param more the sources of the others, by path
   */
  public Verdict judge(
      Exercise exercise,
      Map<String, String> student,
      List<RuleTest> tests,
      Map<String, String> more)
      throws IOException {
    return judge(exercise, student, tests, more, new Progress());
  }

  private Verdict judge(
      Exercise exercise,
      Map<String, String> student,
      List<RuleTest> tests,
      Map<String, String> more,
      Progress progress)
      throws IOException {
    for (String file : exercise.about().editable()) {
      if (!student.containsKey(file)) {
        return all(tests, Outcome.FILE_MISSING, file + " is missing: the exercise needs it");
      }
    }
    Path classes = Files.createTempDirectory("exercise");
    try {
      List<String> errors = compile(exercise, student, classes);
      return errors.isEmpty()
          ? judge(exercise, classes, tests, more, progress)
          : all(tests, Outcome.DID_NOT_COMPILE, String.join("\n", errors));
    } finally {
      Folders.delete(classes);
    }
  }

  /**
   * Compiles an exercise with a student's files.
   *
   * @param classes the folder for the class files
   * @return what is wrong; nothing if they compile
   */
  public List<String> compile(Exercise exercise, Map<String, String> student, Path classes)
      throws IOException {
    // Our own first: an error of the student's is then told where the student made it.
    var sources = new LinkedHashMap<>(exercise.sources(Exercise.MAIN));
    exercise.about().editable().forEach(file -> sources.put(file, student.get(file)));
    return compiler.compile(sources, taken(exercise), List.of(), classes, false);
  }

  /**
   * Runs some tests on an exercise that is compiled.
   *
   * @param classes the folder of its class files
   * @param more the sources of tests that are not the exercise's, by path
   */
  public Verdict judge(
      Exercise exercise, Path classes, List<RuleTest> tests, Map<String, String> more)
      throws IOException {
    return judge(exercise, classes, tests, more, new Progress());
  }

  private Verdict judge(
      Exercise exercise,
      Path classes,
      List<RuleTest> tests,
      Map<String, String> more,
      Progress progress)
      throws IOException {
    CompiledTests compiled = compiledTests(exercise, more, classes);
    return compiled.errors().isEmpty()
        ? runs.run(tests, List.of(compiled.classes(), Folders.bytes(classes)), progress)
        : all(tests, Outcome.DID_NOT_COMPILE, UNFIT + compiled.errors().getFirst());
  }

  /** Returns what the compiler has to say of an exercise's sources, with all of its warnings on. */
  public List<String> warnings(Exercise exercise, Map<String, String> student) throws IOException {
    Path folder = Files.createTempDirectory("lint");
    try {
      var sources = new LinkedHashMap<>(exercise.sources(Exercise.MAIN));
      sources.putAll(student);
      var warnings =
          new ArrayList<>(compiler.compile(sources, taken(exercise), List.of(), folder, true));
      if (warnings.isEmpty()) {
        var classPath = new ArrayList<>(List.of(folder));
        classPath.addAll(ClassPath.ours());
        sources = new LinkedHashMap<>(exercise.sources(Exercise.TESTS));
        warnings.addAll(compiler.compile(sources, Set.of(), classPath, folder, true));
      }
      return warnings;
    } finally {
      Folders.delete(folder);
    }
  }

  /** Returns the names of the tests' classes: one of a student's would be taken for ours. */
  private static Set<String> taken(Exercise exercise) throws IOException {
    return exercise.sources(Exercise.TESTS).keySet().stream()
        .map(Exercise::className)
        .collect(toSet());
  }

  private record CompiledTests(Map<String, byte[]> classes, List<String> errors) {}

  /**
   * Returns the exercise's tests, compiled against the student's classes. Most changes of a student
   * change no method's name and type: then the tests that were compiled before still fit.
   */
  private CompiledTests compiledTests(Exercise exercise, Map<String, String> more, Path main)
      throws IOException {
    var sources = new LinkedHashMap<>(exercise.sources(Exercise.TESTS));
    sources.putAll(more);
    String key = sources + Api.of(main);
    synchronized (compiledTests) {
      CompiledTests known = compiledTests.get(key);
      if (known == null) {
        known = compileTests(sources, main);
        compiledTests.put(key, known);
      }
      return known;
    }
  }

  private CompiledTests compileTests(Map<String, String> sources, Path main) throws IOException {
    Path folder = Files.createTempDirectory("tests");
    try {
      var classPath = new ArrayList<>(List.of(main));
      classPath.addAll(ClassPath.ours());
      List<String> errors = compiler.compile(sources, Set.of(), classPath, folder, false);
      return new CompiledTests(Folders.bytes(folder), errors);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Verdict all(List<RuleTest> tests, Outcome outcome, String why) {
    return new Verdict(tests.stream().map(t -> TestResult.of(t, outcome, why)).toList(), "");
  }

  /** Kills the JVMs that wait. */
  @Override
  public void close() throws IOException {
    runs.close();
    compiler.close();
  }
}
