package course.grader.model;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: the course that it works on, and its help. For one thread. */
public final class CourseOptions {
  @Option(
      names = "--course",
      paramLabel = "FOLDER",
      hidden = true, // Course.java says it too, as the property course
      description = "the course's root folder; if not given, the first one from here upwards")
  private Path given;

  @Option(names = "--help", usageHelp = true, description = "prints this")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Returns the course's root folder, as short as it can be said from the working directory.
   *
   * @throws ParameterException if there is no course
   */
  public Path root() {
    Path here = Path.of("").toAbsolutePath();
    Path said = given == null ? Path.of(System.getProperty("course", "")) : given;
    Path root = here.resolve(said).normalize();
    while (given == null && root != null && !isCourse(root)) {
      root = root.getParent();
    }
    if (root == null || !isCourse(root)) {
      throw unusable(
          "there is no course in %s: go to a folder of the course"
              .formatted(given == null ? here + " or above it" : root));
    }
    return root.startsWith(here) ? here.relativize(root) : root;
  }

  private static boolean isCourse(Path folder) {
    try {
      return !Exercise.folders(folder).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns all exercises of the course, in order; at least one. */
  public List<Exercise> exercises() throws IOException {
    return Exercise.all(root());
  }

  /**
   * Returns the exercise that is meant.
   *
   * @throws ParameterException if there is none
   */
  public Exercise exercise(String said) throws IOException {
    List<Exercise> all = exercises();
    return all.stream()
        .filter(exercise -> exercise.isCalled(said))
        .findFirst()
        .orElseThrow(() ->
            unusable(
                "there is no exercise '%s', only %s"
                    .formatted(
                        said, String.join(", ", all.stream().map(Exercise::name).toList()))));
  }

  /**
   * Tells whether both input and output are a terminal: without one, JDK 25 has no console. Of the
   * stream of errors nothing can be told.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isOnTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private Unusable unusable(String what) {
    return new Unusable(command, what);
  }

  /** What was typed is well formed, but means nothing: how to use a command says no more. */
  public static final class Unusable extends ParameterException {
    private static final long serialVersionUID = 1;

    public Unusable(CommandSpec command, String what) {
      super(command.commandLine(), what);
    }
  }
}
