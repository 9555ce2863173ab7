package course.grader.watch;

import course.grader.engine.Engine;
import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an exercise's tests each time that the student saves a file. */
@Command(
    name = "watch",
    description = "Runs an exercise's tests each time that you save one of its files.")
public final class Watch implements Callable<Integer> {
  @Mixin private CourseOptions options;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXERCISE",
      description = "its number or its name; if not given, that of the branch you are on, or 1")
  private String said;

  @Spec private CommandSpec spec;
  private Path course;

  @Override
  public Integer call() throws IOException, InterruptedException {
    course = options.root();
    List<Exercise> exercises = options.exercises();
    try (Repository repository = repository()) {
      Exercise first = first(exercises, repository);
      if (CourseOptions.isOnTerminal()) {
        onTerminal(exercises, first, repository);
      } else {
        inLines(exercises, first, repository);
      }
    }
    return 0;
  }

  private void onTerminal(List<Exercise> exercises, Exercise first, Repository repository)
      throws IOException, InterruptedException {
    try (Terminal terminal = open(TerminalBuilder.builder().system(true));
        var engine = new Engine(1);
        var session =
            new Session(
                course, exercises, first, repository, engine, new TerminalScreen(terminal))) {
      terminal.handle(Signal.WINCH, _ -> session.tell(new Event.Resized()));
      terminal.handle(Signal.INT, _ -> session.tell(new Event.Key(Session.CTRL_C, 0)));
      try (var _ = new Keys(terminal.reader(), session::tell, session::question)) {
        session.run();
      }
      terminal.writer().println();
    }
  }

  /**
   * Opens a terminal, for keys that are read one by one and not shown. Nothing that was typed
   * before is lost: JLine would ask the terminal what it can, and read the answer from the
   * keyboard, with all that was typed until then.
   */
  static Terminal open(TerminalBuilder builder) throws IOException {
    Terminal terminal = builder.graphemeCluster(false).build();
    terminal.enterRawMode();
    return terminal;
  }

  private void inLines(List<Exercise> exercises, Exercise first, Repository repository)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (var engine = new Engine(1);
        var session =
            new Session(course, exercises, first, repository, engine, new PlainScreen(out))) {
      var input = new InputStreamReader(System.in, Charset.defaultCharset());
      readLines(new BufferedReader(input), session);
      session.run();
    }
  }

  /**
   * A line has keys in it; an empty one is the Enter key, and so is the end of an answer. A read
   * from standard input can't be interrupted: this thread ends with the program, or with its input.
   */
  private static void readLines(BufferedReader lines, Session session) {
    Thread.ofPlatform()
        .daemon()
        .name("reads lines")
        .start(() -> {
          try {
            for (String line; (line = lines.readLine()) != null; ) {
              int question = session.question(); // on the screen when the line came
              String keys = line.isEmpty() || question != 0 ? line + "\n" : line;
              keys.chars().forEach(key -> session.tell(new Event.Key((char) key, question)));
            }
          } catch (IOException e) {
            // There is no more to read.
          }
        });
  }

  private Repository repository() throws IOException {
    var builder = new FileRepositoryBuilder().findGitDir(course.toAbsolutePath().toFile());
    return builder.getGitDir() == null ? null : builder.build();
  }

  private Exercise first(List<Exercise> exercises, Repository repository) throws IOException {
    if (said != null) {
      return options.exercise(said);
    }
    String branch = repository == null ? "" : String.valueOf(repository.getBranch());
    return exercises.stream()
        .filter(exercise -> Exercise.branch(exercise.name()).equals(branch))
        .findFirst()
        .orElse(exercises.getFirst());
  }
}
