package course.grader;

import course.grader.branches.Branches;
import course.grader.branches.Publish;
import course.grader.watch.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The grader's command line. */
@Command(
    name = "grader",
    description = "Runs the exercises' tests, proves the exercises, makes their branches.",
    mixinStandardHelpOptions = true,
    subcommands = {Watch.class, CheckExercises.class, Branches.class, Publish.class})
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name; ends with 0, 1 (something fails) or 2 (bad usage). */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((e, _, _) -> {
      System.err.println("grader: " + e.getMessage());
      return 1;
    });
    return commandLine;
  }

  @Command(name = "try", description = "Runs one exercise's tests on the files as they are now.")
  int tryExercise(
      @Option(names = "--course", defaultValue = ".", description = "the course's root folder")
          Path course,
      @Parameters(paramLabel = "EXERCISE", description = "its number or its name: 1, ex1-framing")
          String name)
      throws IOException {
    List<Exercise> all = Exercise.all(course);
    for (Exercise exercise : all) {
      if (exercise.number().equals(name) || exercise.name().equals(name)) {
        try (var engine = new Engine(1)) {
          Verdict verdict = engine.judge(exercise, exercise.student());
          System.out.println(Report.of(exercise, verdict));
          return verdict.passed() ? 0 : 1;
        }
      }
    }
    System.err.println(
        "there is no exercise '%s', only %s"
            .formatted(name, String.join(", ", all.stream().map(Exercise::name).toList())));
    return 2;
  }
}
