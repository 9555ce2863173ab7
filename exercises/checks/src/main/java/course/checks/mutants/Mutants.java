package course.checks.mutants;

import course.checks.mutants.Mutant.Place;
import course.grader.Main;
import course.grader.engine.Engine;
import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import course.grader.model.Folders;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has an exercise's tests judge all mutants of its reference solution. */
@Command(
    name = "mutants",
    description = "Changes a reference solution in many small ways, and has the tests judge each.")
public final class Mutants implements Callable<Integer> {
  /** How many verdicts are worked out side by side. */
  private static final int AT_ONCE = 2;

  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "EXERCISE", description = "an exercise's number or name")
  private String which;

  private Mutants() {}

  /** Judges the mutants of one exercise; ends with 1 if some pass that may not. */
  public static void main(String[] args) {
    System.exit(Main.commandLine(new Mutants()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Exercise exercise = course.exercise(which);
    var solutions = new Solutions(exercise);
    Map<String, String> reference = solutions.reference();
    Path folder = Files.createTempDirectory("mutants");
    try (var engine = Engine.forOurOwn(AT_ONCE)) {
      List<String> errors = engine.compile(exercise, reference, folder);
      if (!errors.isEmpty()) {
        throw new IOException("the reference solution does not compile: " + errors.getFirst());
      }
      Map<String, byte[]> classes = Folders.bytes(folder);
      List<Mutant> mutants = Mutant.of(reference, classes);
      Map<Place, Boolean> passed = new Judge(engine, solutions, classes).passed(mutants);
      List<String> faults = Survivors.read(solutions).differences(passed);
      faults.forEach(command.commandLine().getErr()::println);
      command
          .commandLine()
          .getOut()
          .printf(
              "%s: %d mutants in %d places, %d of these pass; %s%n",
              exercise.name(),
              mutants.size(),
              passed.size(),
              passed.values().stream().filter(survives -> survives).count(),
              faults.isEmpty() ? "each for a reason" : "faults: " + faults.size())
          .flush();
      return faults.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    } finally {
      Folders.delete(folder);
    }
  }

  /** What all mutants of an exercise have in common. */
  private record Judge(Engine engine, Solutions solutions, Map<String, byte[]> classes) {
    /** Returns of each place whether a mutant passes. */
    Map<Place, Boolean> passed(List<Mutant> mutants) throws IOException, InterruptedException {
      List<RuleTest> tests = solutions.allTests();
      var passed = new LinkedHashMap<Place, Boolean>();
      try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
        var verdicts = new LinkedHashMap<Mutant, Future<Boolean>>();
        mutants.forEach(
            mutant -> verdicts.put(mutant, workers.submit(() -> passes(mutant, tests))));
        for (var verdict : verdicts.entrySet()) {
          passed.merge(verdict.getKey().place(), verdict.getValue().get(), Boolean::logicalOr);
        }
      } catch (ExecutionException e) {
        throw new IOException(e.getCause().getMessage(), e);
      }
      return passed;
    }

    private boolean passes(Mutant mutant, List<RuleTest> tests) throws IOException {
      Path changed = Files.createTempDirectory("mutant");
      try {
        Folders.write(changed, classes);
        Files.write(changed.resolve(mutant.classFile()), mutant.bytes().get());
        return engine.judge(solutions.exercise(), changed, tests, solutions.hidden()).passed();
      } finally {
        Folders.delete(changed);
      }
    }
  }
}
