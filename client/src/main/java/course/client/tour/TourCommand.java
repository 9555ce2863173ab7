package course.client.tour;

import course.client.Durations;
import course.client.observe.Burst;
import course.client.observe.Words;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of {@code tour}. */
@Command(
    name = "tour",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Sends the same burst to each lesson's server and shows them side by side.")
public final class TourCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "JAR",
      description = "servers to visit; default: lesson*/target/lesson*.jar")
  private List<Path> jars = new ArrayList<>();

  @Option(
      names = "--work",
      defaultValue = "1s",
      description = "time to handle a message, as the servers take it; default ${DEFAULT-VALUE}")
  private String work;

  @Option(
      names = "--messages",
      defaultValue = "8",
      description = "in the burst, 1 to " + Burst.MOST_MESSAGES + "; default ${DEFAULT-VALUE}")
  private int messages;

  @Option(
      names = "--handlers",
      defaultValue = "3",
      description = "that a pool starts with; default ${DEFAULT-VALUE}")
  private int handlers;

  @Option(
      names = "--output",
      defaultValue = "target/tour",
      description = "folder for the page; default ${DEFAULT-VALUE}")
  private Path output;

  @Option(
      names = "--patience",
      defaultValue = "30s",
      converter = Durations.class,
      description = "for a server to start, and for the next reply; default ${DEFAULT-VALUE}")
  private Duration patience;

  @Spec private CommandSpec spec;

  /** Returns 0 if each lesson answered each message right, 1 if not. */
  @Override
  public Integer call() throws IOException {
    check(
        messages >= 1 && messages <= Burst.MOST_MESSAGES,
        "--messages must be 1 to " + Burst.MOST_MESSAGES);
    check(handlers >= 1, "--handlers must be at least 1");
    List<Lesson> lessons =
        jars.isEmpty() ? Lesson.under(Path.of("")) : jars.stream().map(Lesson::new).toList();
    if (lessons.isEmpty()) {
      return failed(Lesson.NONE_BUILT);
    }
    List<LessonRun> runs;
    try {
      runs = visit(lessons);
    } catch (IOException e) {
      return failed(e.getMessage());
    }
    Path page = output.resolve("index.html").toAbsolutePath().normalize();
    Files.createDirectories(page.getParent());
    Files.writeString(page, TourPage.of(runs, setting()));
    PrintWriter out = spec.commandLine().getOut();
    print(runs, out);
    out.printf("%nThe same as a page: %s%n", page.toUri());
    out.flush();
    int status = 0;
    for (LessonRun run : runs) {
      for (String complaint : run.verdict().complaints()) {
        status = failed(run.title() + ": " + complaint);
      }
    }
    return status;
  }

  private List<LessonRun> visit(List<Lesson> lessons) throws IOException {
    var runs = new ArrayList<LessonRun>();
    try (Progress progress = Progress.of(lessons.size() * messages, spec.commandLine().getOut())) {
      for (Lesson lesson : lessons) {
        progress.begin(lesson.title());
        List<String> command = lesson.command(work, handlers);
        try {
          runs.add(LessonRun.of(lesson.title(), command, messages, patience, _ -> progress.step()));
        } catch (IOException e) {
          throw new IOException(lesson.jar() + " " + e.getMessage(), e);
        }
      }
    }
    return runs;
  }

  private String setting() {
    return "Each server got %s in one write on one connection. Handling one takes %s, and a pool starts with %s."
        .formatted(Words.count(messages, "message"), work, Words.count(handlers, "handler"));
  }

  private static void print(List<LessonRun> runs, PrintWriter out) {
    String row = "%-24s  %11s  %10s  %8s  %8s%n";
    out.printf("%n" + row, "server", "time in all", "at a time", "order", "handlers");
    for (LessonRun run : runs) {
      out.printf(
          row,
          run.title(),
          Words.time(run.verdict().timeline().total()),
          run.atATime(),
          run.verdict().inOrder() ? "kept" : "not kept",
          run.handlers() == 0 ? "-" : run.handlers());
    }
  }

  private int failed(String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("tour: " + why);
    err.flush();
    return 1;
  }

  private void check(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** A bar where someone watches a terminal, a line for each lesson elsewhere. */
  private interface Progress extends AutoCloseable {
    void begin(String lesson);

    void step();

    @Override
    void close();

    @SuppressWarnings("SystemConsoleNull") // it is null in JDK 25 when there is no terminal
    static Progress of(int steps, PrintWriter out) {
      Console console = System.console();
      return console != null && console.isTerminal() ? new Bar(steps) : new PlainLines(out);
    }
  }

  private record PlainLines(PrintWriter out) implements Progress {
    @Override
    public void begin(String lesson) {
      out.println(lesson + " …");
      out.flush();
    }

    @Override
    public void step() {}

    @Override
    public void close() {}
  }

  private static final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(int steps) {
      bar = new ProgressBarBuilder().setTaskName("tour").setInitialMax(steps).build();
    }

    @Override
    public void begin(String lesson) {
      bar.setExtraMessage(lesson);
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
