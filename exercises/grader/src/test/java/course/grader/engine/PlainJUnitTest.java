package course.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import course.grader.engine.compile.Compiler;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import course.testkit.Failure;
import course.testkit.StoryError;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * An IDE runs an exercise's tests with JUnit's launcher and nothing of ours but what the tests
 * import. A student must read the same there as from try and watch.
 */
@Timeout(value = 240) // bounds a hang
class PlainJUnitTest {
  @TempDir Path classes;
  @TempDir Path testClasses; // apart: what lies with the tests is not taken for the student's

  /** The second is one in which the interleaving tester is at work. */
  @ParameterizedTest
  @ValueSource(strings = {"ex1-framing", "ex2-counting"})
  void junit_alone_gives_the_starter_the_verdict_that_the_engine_gives(String name)
      throws Exception {
    Exercise exercise = Exercise.read(Path.of("..", name));
    Map<String, String> starter = exercise.student();
    var verdict = new TreeMap<String, String>();
    try (var engine = new Engine(0)) {
      engine
          .judge(exercise, Submission.of(starter), new Progress())
          .results()
          .forEach(result ->
              verdict.put(
                  result.test().method(), result.outcome() + "\n" + words(result.failure())));
    }
    assertThat(verdict.values()).anyMatch(text -> text.startsWith("FAILED"));
    Map<String, String> results = junit(exercise, starter);
    assertThat(results).hasSameSizeAs(verdict);
    assertThat(verdict)
        .allSatisfy((test, told) -> assertThat(results.get(test)).as(test).isEqualTo(told));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ex1-framing", "ex2-counting"})
  void junit_alone_passes_the_reference_solution(String name) throws Exception {
    Exercise exercise = Exercise.read(Path.of("..", name));
    assumeTrue(Files.exists(new Solutions(exercise).folder()), "there are no solutions here");
    assertThat(junit(exercise, new Solutions(exercise).reference()).values())
        .hasSameSizeAs(exercise.tests())
        .containsOnly("PASSED\n");
  }

  /** Compiles an exercise and runs its test classes; returns what became of each test. */
  private Map<String, String> junit(Exercise exercise, Map<String, String> student)
      throws IOException {
    var sources = new LinkedHashMap<>(exercise.sources("src/main/java"));
    sources.putAll(student);
    var classPath = new ArrayList<>(List.of(classes));
    classPath.addAll(ClassPath.ours());
    try (var compiler = new Compiler()) {
      assertThat(compiler.compile(sources, Set.of(), List.of(), classes, false)).isEmpty();
      assertThat(
              compiler.compile(
                  exercise.sources("src/test/java"), Set.of(), classPath, testClasses, false))
          .isEmpty();
    }
    var results = new TreeMap<String, String>();
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    try (var loader =
        new URLClassLoader(
            new URL[] {testClasses.toUri().toURL(), classes.toUri().toURL()}, ours)) {
      Thread.currentThread().setContextClassLoader(loader);
      var request = LauncherDiscoveryRequestBuilder.request();
      request.configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
      exercise.tests().stream()
          .map(test -> Exercise.PACKAGE + "." + test.type())
          .distinct()
          .forEach(type -> request.selectors(selectClass(loader, type)));
      LauncherFactory.create().execute(request.build(), new Noted(results));
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
    return results;
  }

  /** What is the same each time: the order of steps that the interleaving tester finds is not. */
  private static String words(Failure failure) {
    return failure.order().isEmpty()
        ? failure.text()
        : failure.done() + failure.expected() + failure.rule();
  }

  private record Noted(Map<String, String> results) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.getSource().orElse(null) instanceof MethodSource method) {
        Optional<Failure> why =
            result
                .getThrowable()
                .map(thrown ->
                    thrown instanceof StoryError told
                        ? told.failure()
                        : Failure.of(String.valueOf(thrown.getMessage())));
        results.put(
            method.getMethodName(),
            (why.isEmpty() ? "PASSED" : "FAILED") + "\n" + words(why.orElse(Failure.NONE)));
      }
    }
  }
}
