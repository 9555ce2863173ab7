package course.grader.grade;

import static java.util.stream.Collectors.toMap;

import course.grader.engine.NotStarted;
import course.grader.engine.Progress;
import course.grader.engine.TestRuns;
import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.sandbox.Sandbox;
import course.grader.grade.sandbox.SandboxCompiler;
import course.grader.grade.sandbox.SandboxCompiler.Compiled;
import course.grader.grade.walls.AllowList;
import course.grader.model.Exercise;
import course.grader.model.Outcome;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import course.grader.model.Words;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Works out marks for one exercise. Thread-safe: several may be asked for at once; an instructor's
 * machine is the sandbox's, and all that is known of a submission comes from there as data.
 */
final class Grading implements AutoCloseable {
  private final GradedExercise exercise;
  private final SandboxCompiler compiler;
  private final TestRuns runs;
  private final AllowList allowed;

  /** Held for writing by who runs tests alone, for reading by all others. */
  private final ReentrantReadWriteLock busy = new ReentrantReadWriteLock();

  /**
   * Starts the sandbox's JVMs.
   *
   * @param atOnce how many marks are asked for at once
   */
  Grading(GradedExercise exercise, Sandbox sandbox, int atOnce) throws Exception {
    this.exercise = exercise;
    compiler = new SandboxCompiler(sandbox.compilers().call());
    runs = new TestRuns(sandbox.runners(), atOnce, false);
    allowed = AllowList.of(exercise.exercise());
  }

  /** Returns a student's mark, whatever happens; it does not say which mistakes it shows. */
  Mark mark(HandIn handIn) {
    if (handIn.refusal().isPresent()) {
      return Mark.none(handIn, handIn.refusal().get().state(), handIn.refusal().get().why());
    }
    try {
      return tried(handIn);
    } catch (IOException first) {
      busy.writeLock().lock(); // what it met may be gone when it is alone
      try {
        return tried(handIn);
      } catch (NotStarted second) {
        return Mark.none(handIn, State.GRADER_ERROR, second.getMessage());
      } catch (IOException second) {
        return blamed(handIn, second);
      } finally {
        busy.writeLock().unlock();
      }
    } catch (RuntimeException e) { // costs nobody else the mark
      return Mark.none(handIn, State.GRADER_ERROR, Words.fault(e));
    }
  }

  /** If the reference solution can be graded in the same way, it is the submission that can't. */
  private Mark blamed(HandIn handIn, IOException why) {
    try {
      HandIn reference =
          new HandIn(
              "reference",
              Submission.of(new Solutions(exercise.exercise()).reference()),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty());
      if (tried(reference).brokenRules().isEmpty()) {
        String seen = "no test of it came to an end: " + why.getMessage();
        List<TestResult> results =
            exercise.exercise().tests().stream()
                .map(test -> TestResult.of(test, Outcome.EXITED, seen))
                .toList();
        return new Mark(handIn, State.GRADED, "", results, List.of(), List.of(), "");
      }
    } catch (IOException e) {
      // Then it is not the submission.
    }
    return Mark.none(handIn, State.GRADER_ERROR, why.getMessage());
  }

  private Mark tried(HandIn handIn) throws IOException {
    Exercise about = exercise.exercise();
    var sources = new LinkedHashMap<>(about.sources(Exercise.MAIN));
    for (String file : about.about().editable()) {
      String text = handIn.files().texts().get(file);
      if (text == null) {
        return Mark.none(handIn, State.NOT_GRADABLE, file + " is missing");
      }
      sources.put(file, text);
    }
    Compiled compiled = compiler.compile(sources, exercise.taken());
    if (!compiled.errors().isEmpty()) {
      return Mark.none(
          handIn,
          State.NOT_GRADABLE,
          "it does not compile\n" + String.join("\n", compiled.errors()));
    }
    List<String> refusals = refusals(compiled.classes());
    if (!refusals.isEmpty()) {
      return Mark.none(handIn, State.NOT_GRADABLE, "it is not run\n" + String.join("\n", refusals));
    }
    return tested(handIn, compiled.classes());
  }

  /** Returns what a student's classes use that they must not. */
  private List<String> refusals(Map<String, byte[]> classes) throws IOException {
    Map<String, byte[]> own = exercise.exercise().studentsClasses(classes);
    return own.isEmpty()
        ? List.of("there is no class in it")
        : allowed.refusals(own, exercise.taken());
  }

  private Mark tested(HandIn handIn, Map<String, byte[]> classes) throws IOException {
    try {
      Verdict visible = run(exercise.visibleTests(), List.of(exercise.visibleClasses(), classes));
      List<TestResult> hidden =
          exercise.hiddenTests().isEmpty()
              ? List.of()
              : run(exercise.hiddenTests(), List.of(exercise.hiddenClasses(), classes)).results();
      return new Mark(
          handIn, State.GRADED, "", visible.results(), hidden, List.of(), visible.printed());
    } catch (BrokenThrough e) {
      return Mark.none(handIn, State.GRADER_ERROR, e.getMessage());
    }
  }

  /**
   * Runs tests. A busy machine is no student's fault: the first that came to a limit of time runs
   * again, alone; if it then says something else, the others that did so run again too.
   */
  private Verdict run(List<RuleTest> tests, List<Map<String, byte[]>> classes)
      throws IOException, BrokenThrough {
    Verdict verdict;
    busy.readLock().lock();
    try {
      verdict = runWithDecoy(tests, classes);
    } finally {
      busy.readLock().unlock();
    }
    List<RuleTest> late =
        verdict.results().stream()
            .filter(result -> isLate(result.outcome()))
            .map(TestResult::test)
            .toList();
    if (late.isEmpty()) {
      return verdict;
    }
    busy.writeLock().lock();
    try {
      var again = new ArrayList<>(runWithDecoy(late.subList(0, 1), classes).results());
      if (!isLate(again.getFirst().outcome()) && late.size() > 1) {
        again.addAll(runWithDecoy(late.subList(1, late.size()), classes).results());
      }
      Map<RuleTest, TestResult> better =
          again.stream().collect(toMap(TestResult::test, result -> result));
      return new Verdict(
          verdict.results().stream().map(r -> better.getOrDefault(r.test(), r)).toList(),
          verdict.printed());
    } finally {
      busy.writeLock().unlock();
    }
  }

  private Verdict runWithDecoy(List<RuleTest> tests, List<Map<String, byte[]>> classes)
      throws IOException, BrokenThrough {
    var withDecoy = new ArrayList<>(tests);
    withDecoy.add(GradedExercise.DECOY);
    Verdict verdict = runs.run(withDecoy, classes, new Progress());
    if (verdict.results().getLast().passed()) {
      throw new BrokenThrough();
    }
    return new Verdict(verdict.results().subList(0, tests.size()), verdict.printed());
  }

  /** Also a JVM that ended may have been ended by the machine, such as for lack of memory. */
  private static boolean isLate(Outcome outcome) {
    return outcome == Outcome.HUNG || outcome == Outcome.NOT_RUN || outcome == Outcome.EXITED;
  }

  /** A submission passes what nothing can pass. */
  private static final class BrokenThrough extends Exception {
    @Serial private static final long serialVersionUID = 1;

    BrokenThrough() {
      super(
          "it passes a test that nothing can pass, so it has broken through the walls: look at it");
    }
  }

  @Override
  public void close() throws IOException {
    runs.close();
    compiler.close();
  }
}
