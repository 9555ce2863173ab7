package course.grader.prove;

import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import course.grader.prove.Proof.Depth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves the exercises, see {@link Proof}. */
@Command(
    name = "check-exercises",
    description = "Proves the exercises: starters, reference solutions, wrong versions, files.")
public final class CheckExercises implements Callable<Integer> {
  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Option(
      names = "--only",
      paramLabel = "EXERCISE",
      description = "one exercise's number or name; all if not given")
  private String only;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2",
      description = "rounds on an idle machine (default: 2)")
  private int rounds;

  @Option(
      names = "--busy-rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "rounds of the right ones while every core is kept busy (default: 1)")
  private int busyRounds;

  @Option(names = "--write", description = "pin the failures anew, as they are now")
  private boolean write;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var faults = new ArrayList<String>();
    List<Exercise> exercises = only == null ? course.exercises() : List.of(course.exercise(only));
    CommandLine commandLine = command.commandLine();
    try (var verdicts = new Verdicts()) {
      for (Exercise exercise : exercises) {
        long start = System.nanoTime();
        var proof = new Proof(exercise, verdicts, write ? Depth.WRITE : Depth.FITTED);
        List<String> found = proof.faults(rounds, busyRounds);
        commandLine
            .getOut()
            .printf(
                "%s: %s, %d verdicts in %.1f s%n",
                exercise.name(),
                found.isEmpty() ? "proven" : "not proven, faults: " + found.size(),
                proof.count(),
                (System.nanoTime() - start) / 1e9)
            .flush();
        faults.addAll(found);
      }
    }
    faults.forEach(commandLine.getErr()::println);
    return faults.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
