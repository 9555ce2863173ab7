package course.grader.grade;

import course.grader.grade.intake.Deadline;
import course.grader.grade.intake.Intake;
import course.grader.grade.intake.IntakeOptions;
import course.grader.grade.intake.Limits;
import course.grader.grade.intake.Source;
import course.grader.grade.results.Results;
import course.grader.grade.results.ResultsOptions;
import course.grader.grade.results.Summary;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Grades a class: a mark and a reason for every student, whatever they hand in. */
@Command(
    name = "grade",
    sortOptions = false,
    description =
        "Grades what a class has handed in for an exercise: a table, a page, and feedback for each"
            + " student. What has not changed since the last time is not run again.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every student has a state, and none is a grader error",
      "1:it broke off, and a line says why, such as no container engine, or a wall that is down",
      "2:unusable options",
      "3:there are grader errors, or lines of a roster that can't be read"
    })
public final class Grade implements Callable<Integer> {
  private static final int INCOMPLETE = 3;

  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "EXERCISE",
      description = "its number or its name, such as 4 or bounded-pool")
  private String said;

  @Parameters(
      index = "1",
      paramLabel = "SUBMISSIONS",
      description =
          "a folder or an archive with an entry for each student: a checkout, a folder, an archive"
              + " or a file; or a roster, a CSV file with the columns student,url[,deadline]")
  private Path submissions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "where the results go, not in SUBMISSIONS (default: beside it, with -exN-grades at the"
              + " end)")
  private Path out;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description =
          "for those of a roster without one of their own, such as 2027-01-31T23:59:59+01:00 or"
              + " 2027-01-31T23:59:59[Europe/Paris]")
  private String deadline;

  @Option(
      names = "--student",
      paramLabel = "PATTERN",
      description =
          "a regular expression that finds the student's name in that of an entry of a folder or an"
              + " archive, with a group of the name student")
  private String student;

  @Option(
      names = "--allow-host",
      paramLabel = "HOST",
      split = ",",
      description =
          "a host of a roster that is private or not encrypted; file: repositories on this machine")
  private Set<String> allowedHosts = Set.of();

  @Option(
      names = "--only",
      paramLabel = "STUDENT",
      split = ",",
      description = "grades these once more, and keeps all other results")
  private Set<String> only = Set.of();

  @Option(names = "--only-failed", description = "grades those once more who have not all points")
  private boolean onlyFailed;

  @Option(names = "--only-errors", description = "grades those once more who have a grader error")
  private boolean onlyErrors;

  @Option(
      names = "--manual",
      paramLabel = "FILE",
      description = "points of your own: a CSV file with the columns student,points,comment")
  private Path manual;

  @Option(
      names = "--anonymous",
      description =
          "pseudonyms in place of names, in a DIR of their own; its pseudonyms.csv has whose they"
              + " are")
  private boolean anonymous;

  /** Where students' code runs. */
  enum Kind {
    container,
    process
  }

  @Option(
      names = "--sandbox",
      paramLabel = "KIND",
      defaultValue = "container",
      description =
          "container, or process: for code that you trust as your own (default: container)")
  private Kind sandbox;

  @Option(
      names = "--check-walls",
      description = "tries each wall of the sandbox, even if there is nothing new to grade")
  private boolean checkWalls;

  @Option(
      names = "--base-image",
      paramLabel = "IMAGE",
      defaultValue = "${env:COURSE_BASE_IMAGE:-}",
      description = "an image with a JDK 25 and a shell, to make the container's from")
  private String baseImage;

  @Override
  public Integer call() throws Exception {
    Exercise exercise = course.exercise(said);
    if (!Files.isDirectory(new Solutions(exercise).folder())) {
      throw unusable("grade needs the solutions, which a student's copy of the course has not");
    }
    PrintWriter err = command.commandLine().getErr();
    Thread.setDefaultUncaughtExceptionHandler(this::died);
    Intake intake = Intake.of(submissions, exercise, intakeOptions());
    useless()
        .ifPresent(why -> {
          throw unusable(why);
        });
    Path to = out == null ? OutputFolder.beside(submissions, exercise) : out;
    if (OutputFolder.isAmong(submissions, to)) {
      throw unusable(
          "--out: results in %s would be taken for what was handed in; name another".formatted(to));
    }
    var options = new ResultsOptions(Optional.ofNullable(manual), anonymous);
    Results.fault(to, exercise, options)
        .ifPresent(why -> {
          throw unusable("--out: %s %s; name another".formatted(to, why));
        });
    Results results = Results.open(to, exercise, options);
    Selection selection = new Selection(only, onlyFailed, onlyErrors);
    List<String> students = intake.sources().stream().map(Source::student).toList();
    selection
        .unknown(students)
        .ifPresent(name -> {
          throw unusable("--only: there is no student '" + name + "' in " + submissions);
        });
    Summary summary;
    var graded = new GradedExercise(exercise);
    try (var run = new ClassRun(graded, this::sandbox, results, selection, err)) {
      if (checkWalls) {
        run.checkWalls();
        say("these walls stand: " + String.join(", ", run.walls()));
      }
      run.grade(intake.sources(), CourseOptions.isOnTerminal());
      if (!selection.isLimited() && intake.faults().isEmpty()) { // a fault may be about anybody
        results.keepOnly(students);
      }
      summary = results.finish(students, intake.faults(), run.walls());
    }
    summary.faults().forEach(err::println);
    err.flush();
    PrintWriter stdout = command.commandLine().getOut();
    stdout.println(summary.table());
    stdout.println(summary.line());
    stdout.println("more: " + to.resolve("index.html"));
    stdout.flush();
    return summary.graderErrors() > 0 || !summary.faults().isEmpty() ? INCOMPLETE : ExitCode.OK;
  }

  private IntakeOptions intakeOptions() {
    return new IntakeOptions(
        Optional.ofNullable(deadline).map(text -> understood(Deadline::parse, text)),
        Optional.ofNullable(student).map(text -> understood(IntakeOptions::studentPattern, text)),
        allowedHosts,
        Limits.USUAL);
  }

  /** Returns why an option means nothing for such submissions; empty if none does. */
  private Optional<String> useless() {
    if (Intake.isRoster(submissions)) {
      return student == null
          ? Optional.empty()
          : Optional.of("--student is for a folder or an archive: a roster has the names");
    } else if (deadline != null) {
      return Optional.of(
          "--deadline is for a roster: nothing says when what is in %s was handed in"
              .formatted(submissions));
    }
    return allowedHosts.isEmpty()
        ? Optional.empty()
        : Optional.of("--allow-host is for a roster: %s is on this machine".formatted(submissions));
  }

  private <T> T understood(Function<String, T> reads, String text) {
    try {
      return reads.apply(text);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
  }

  private ParameterException unusable(String what) {
    return new CourseOptions.Unusable(command, what);
  }

  private Sandbox sandbox() throws IOException {
    return switch (sandbox) {
      case process -> Sandbox.processes();
      case container ->
          Sandbox.containers(
              course.root().resolve("exercises/grader/sandbox/Dockerfile"), baseImage, this::say);
    };
  }

  /** Who waits for a thread of the container engine's client sees the end of its stream. */
  private void died(Thread thread, Throwable thrown) {
    if (!thread.getName().startsWith("docker-java")) {
      say(Words.fault(thrown));
    }
  }

  private void say(String line) {
    command.commandLine().getErr().println(line);
    command.commandLine().getErr().flush();
  }
}
