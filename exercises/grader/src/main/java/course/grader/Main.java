package course.grader;

import course.grader.branches.Branches;
import course.grader.branches.Publish;
import course.grader.engine.Engine;
import course.grader.engine.Progress;
import course.grader.grade.Grade;
import course.grader.grade.SampleClass;
import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import course.grader.model.PlainText;
import course.grader.model.Submission;
import course.grader.model.Verdict;
import course.grader.model.Words;
import course.grader.prove.CheckExercises;
import course.grader.prove.NewExercise;
import course.grader.watch.Remarks;
import course.grader.watch.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The grader's command line. */
@Command(
    name = Words.COMMAND,
    description = "Runs the exercises' tests, proves the exercises, makes their branches.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Watch.class,
      CheckExercises.class,
      NewExercise.class,
      Branches.class,
      Publish.class,
      Grade.class,
      SampleClass.class
    })
public final class Main {
  @Spec private CommandSpec command;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  boolean help;

  private Main() {}

  /**
   * Runs the command that {@code args} name; ends with 0, 1 (something fails), 2 (bad usage), or
   * what else the command's help tells.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns the parser of all commands. */
  public static CommandLine commandLine() {
    return commandLine(new Main());
  }

  /** Returns the parser of a command: what is wrong is told in one line, on standard error. */
  public static CommandLine commandLine(Object parsed) {
    var commandLine = new CommandLine(parsed);
    commandLine.setParameterExceptionHandler((e, _) -> {
      CommandLine used = e.getCommandLine();
      String help = " (how to use it: %s --help)".formatted(used.getCommandSpec().qualifiedName());
      used.getErr().println(e.getMessage() + (e instanceof CourseOptions.Unusable ? "" : help));
      return ExitCode.USAGE;
    });
    commandLine.setExecutionExceptionHandler((e, failed, _) -> {
      failed.getErr().println(Words.of(e));
      return ExitCode.SOFTWARE;
    });
    return commandLine;
  }

  @Command(name = "try", description = "Runs one exercise's tests on the files as they are now.")
  int tryExercise(
      @Mixin CourseOptions course,
      @Parameters(
              paramLabel = "EXERCISE",
              description = "its number or its name, such as 1 or framing")
          String said)
      throws IOException {
    try (var engine = new Engine(0)) { // it gets ready while we read
      Exercise exercise = course.exercise(said);
      Submission student = exercise.submission();
      Verdict verdict = engine.judge(exercise, student, new Progress());
      PrintWriter out = command.commandLine().getOut();
      out.println(Report.of(exercise, verdict));
      student.advice().forEach(advice -> out.println("\n" + PlainText.lines(advice)));
      out.flush();
      Remarks.of(engine, exercise, student, verdict)
          .forEach(remark -> out.println("\n" + PlainText.lines(remark)));
      out.flush();
      return verdict.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
