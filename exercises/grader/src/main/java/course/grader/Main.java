package course.grader;

import course.grader.branches.Branches;
import course.grader.branches.Publish;
import course.grader.watch.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    name = Main.COMMAND,
    description = "Runs the exercises' tests, proves the exercises, makes their branches.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Watch.class, CheckExercises.class, Branches.class, Publish.class})
public final class Main {
  /** What a reader types to start us; a command's name and its arguments follow. */
  public static final String COMMAND = "java Course.java";

  @Spec private CommandSpec command;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  boolean help;

  private Main() {}

  /** Runs the command that {@code args} name; ends with 0, 1 (something fails) or 2 (bad usage). */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns the parser of all commands: what is wrong is told in one line, on standard error. */
  public static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    commandLine.setParameterExceptionHandler((e, _) -> {
      CommandLine used = e.getCommandLine();
      String help = " (how to use it: %s --help)".formatted(used.getCommandSpec().qualifiedName());
      used.getErr().println(e.getMessage() + (e instanceof CourseOptions.Unusable ? "" : help));
      return ExitCode.USAGE;
    });
    commandLine.setExecutionExceptionHandler((e, failed, _) -> {
      failed.getErr().println(words(e));
      return ExitCode.SOFTWARE;
    });
    return commandLine;
  }

  /** Returns what to say of an exception: the JDK's message on a file is often just its name. */
  public static String words(Exception e) {
    return switch (e) {
      case UncheckedIOException unchecked -> words(unchecked.getCause());
      case NoSuchFileException missing -> Path.of(missing.getFile()).normalize() + " is missing";
      case AccessDeniedException denied ->
          denied.getFile() + " can't be opened: you have no permission";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      case IOException other when other.getMessage() != null -> other.getMessage();
      default -> "a fault of the course's, not yours: " + e;
    };
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
      student.advice().forEach(advice -> out.println("\n" + advice));
      out.flush();
      return verdict.passed() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
