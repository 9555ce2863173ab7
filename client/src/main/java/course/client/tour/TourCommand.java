package course.client.tour;

import course.client.Durations;
import course.client.Limits;
import course.client.observe.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code tour}. */
@Command(
    name = "tour",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Sends the same burst to each lesson's server and shows them side by side.")
public final class TourCommand implements Callable<Integer> {
  @Mixin private CourseOption course;

  @Option(
      names = "--work",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = Durations.Work.class,
      description =
          "to handle a message, " + Durations.Work.LIMITS + " (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(
      names = "--messages",
      paramLabel = "M",
      defaultValue = "8",
      converter = Limits.Burst.class,
      description = "in the burst, " + Limits.BURST + " (default: ${DEFAULT-VALUE})")
  private int messages;

  @Option(
      names = "--handlers",
      paramLabel = "N",
      defaultValue = "3",
      converter = Limits.Count.class,
      description = "that a pool starts with, " + Limits.COUNT + " (default: ${DEFAULT-VALUE})")
  private int handlers;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for the page (default: target/tour in the course's folder)")
  private Path output;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.Positive.class,
      description =
          "for a server to start, and for the next reply, "
              + Durations.Positive.LIMITS
              + " (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Spec private CommandSpec spec;

  /** Returns 0 if each lesson answered each message right, 1 if not. */
  @Override
  public Integer call() throws IOException {
    List<LessonRun> runs;
    try {
      runs = visit(course.lessons());
    } catch (IOException e) {
      return failed(e.getMessage());
    }
    Path folder = output == null ? course.folder().resolve("target").resolve("tour") : output;
    Path page = folder.resolve("index.html").toAbsolutePath().normalize();
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
    int steps = lessons.size() * messages;
    try (var servers = new Servers(lessons, messages, work, handlers, patience);
        Progress progress = Progress.of(steps, spec.commandLine().getOut())) {
      for (Lesson lesson : lessons) {
        progress.begin(lesson.title());
        int place = runs.size();
        ServerProcess server = servers.get(place);
        var run = LessonRun.of(lesson.title(), server, messages, patience, _ -> progress.step());
        boolean again = run.verdict().orderMayVary();
        runs.add(again ? run.with(servers.quickLooks(place)) : run);
      }
    }
    return runs;
  }

  private String setting() {
    return "Each server got %s in one write on one connection. Handling one takes %s, and a pool starts with %s."
        .formatted(Words.count(messages, "message"), work, Words.count(handlers, "handler"));
  }

  private static void print(List<LessonRun> runs, PrintWriter out) {
    String row = "%-28s  %11s  %9s  %14s  %8s%n";
    out.printf("%n" + row, "lesson", "time in all", "at a time", "order", "handlers");
    for (LessonRun run : runs) {
      out.printf(
          row,
          run.title(),
          Words.time(run.verdict().timeline().total()),
          run.atATime(),
          run.verdict().order(),
          run.handlers() == 0 ? "-" : run.handlers());
    }
  }

  private int failed(String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("tour: " + why);
    err.flush();
    return 1;
  }
}
