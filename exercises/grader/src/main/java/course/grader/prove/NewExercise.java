package course.grader.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.model.CourseOptions;
import course.grader.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes all that an exercise needs, small but complete, to be filled by its author. */
@Command(
    name = "new-exercise",
    description = "Makes an exercise: page, starter, test, solution, rows in tables and modules.")
public final class NewExercise implements Callable<Integer> {
  private static final String FILE = "==== ";

  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "N", description = "its number, such as 8")
  private int number;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "its name in small letters, such as timeouts or slow-clients")
  private String name;

  @Option(
      names = "--lesson",
      paramLabel = "N",
      defaultValue = "4",
      description = "the lesson that it follows (default: 4)")
  private int lesson;

  private Path root;
  private String folder;

  @Override
  public Integer call() throws IOException {
    root = course.root();
    folder = "ex" + number + "-" + name;
    if (number < 1 || !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw unusable("'%s' can be no folder of an exercise: see --help".formatted(folder));
    }
    if (course.exercises().stream().anyMatch(each -> each.number().equals("" + number))) {
      throw unusable("there is an exercise " + number + " already");
    }
    String after = lessonFolder();
    files(after);
    row("exercises/pom.xml", "<module>ex(\\d+)-.*", "    <module>" + folder + "</module>");
    row(
        "exercises/README.md",
        "\\| \\[ex(\\d+)-.*",
        "| [%s](%s/README.md) | lesson %d | (what holds then) |".formatted(folder, folder, lesson));
    row(
        after + "/README.md",
        ".*\\(\\.\\./exercises/ex(\\d+)-.*",
        "[%s](../exercises/%s/README.md): (what it is about).".formatted(folder, folder));
    row(
        "TEACHING.md",
        "\\| \\[exercise (\\d+)\\].*",
        "| [exercise %d](exercises/%s/README.md) | (what a student can do) | (minutes) |"
            .formatted(number, folder));
    command
        .commandLine()
        .getOut()
        .printf(
            "exercises/%s is there, with its solutions, and a row in each table. Fill them, then%n"
                + "  %s check-exercises --only %d --write%n",
            folder, Words.COMMAND, number)
        .flush();
    return 0;
  }

  private ParameterException unusable(String what) {
    return new CourseOptions.Unusable(command, what);
  }

  private String lessonFolder() throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(path -> String.valueOf(path.getFileName()))
          .filter(each -> each.startsWith("lesson" + lesson + "-"))
          .findFirst()
          .orElseThrow(() -> unusable("there is no lesson " + lesson));
    }
  }

  private void files(String after) throws IOException {
    for (String file : template().split("(?m)^" + FILE, -1)) {
      if (!file.isEmpty()) {
        String[] parts =
            file.replace("@folder@", folder)
                .replace("@number@", "" + number)
                .replace("@name@", name.replace('-', ' '))
                .replace("@lesson@", after)
                .replace("@lessonNumber@", "" + lesson)
                .split("\n", 2);
        Path path = root.resolve(parts[0]);
        Files.createDirectories(path.getParent());
        Files.writeString(path, parts[1]);
      }
    }
  }

  private static String template() throws IOException {
    try (InputStream in = NewExercise.class.getResourceAsStream("new-exercise.txt")) {
      return new String(in.readAllBytes(), UTF_8).replace("\r", "");
    }
  }

  /** Adds a line below that of the last exercise with a smaller number, or above all others. */
  private void row(String file, String others, String line) throws IOException {
    Path path = root.resolve(file);
    var lines = new ArrayList<>(Files.readAllLines(path));
    int place = -1;
    int first = -1;
    for (int i = 0; i < lines.size(); i++) {
      Matcher other = Pattern.compile("\\s*" + others).matcher(lines.get(i));
      if (other.matches()) {
        first = first < 0 ? i : first;
        place = Integer.parseInt(other.group(1)) < number ? i + 1 : place;
      }
    }
    if (first < 0) {
      throw new IOException(file + ": no exercise is named there, so where would this one go?");
    }
    lines.addAll(place < 0 ? first : place, List.of(line));
    Files.writeString(path, String.join("\n", lines) + "\n");
  }
}
