package course.client.tour;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A lesson: a folder with the sources of a server.
 *
 * @param number its place in the course
 * @param folder such as {@code lesson3-pool}
 */
record Lesson(int number, Path folder) {
  private static final Pattern NAME = Pattern.compile("lesson(\\d{1,3})-(.+)");
  private static final Pattern HEADING = Pattern.compile("# Lesson \\d+: (?:an? |the )?(.+)");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final String MAIN = "course.server.Main";
  private static final int FIRST_WITH_A_POOL = 3;

  /** Finds the lessons in the course's folder, in order of their numbers; none if it is another. */
  static List<Lesson> under(Path course) throws IOException {
    var lessons = new ArrayList<Lesson>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(course, "lesson*")) {
      for (Path folder : folders) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (name.matches() && Files.isDirectory(folder.resolve(SOURCES))) {
          lessons.add(new Lesson(Integer.parseInt(name.group(1)), folder));
        }
      }
    }
    lessons.sort(Comparator.comparingInt(Lesson::number));
    return lessons;
  }

  /** The folder's name. */
  String name() {
    return folder.getFileName().toString();
  }

  /**
   * What the lesson is, for a reader: {@code 3 fixed pool of handlers}. The heading of the lesson's
   * page says it, and nothing else does; without a page the folder's name has to do.
   */
  String title() {
    String what = NAME.matcher(name()).replaceFirst("$2");
    try (Stream<String> page = Files.lines(folder.resolve("README.md"))) {
      Matcher heading = HEADING.matcher(page.findFirst().orElse(""));
      what = heading.matches() ? heading.group(1) : what;
    } catch (IOException _) {
      // no page
    }
    return number + " " + what;
  }

  /** The files that make the server, in all their packages. */
  List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(SOURCES))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /**
   * The command that starts the server on any free port, with the java that runs us.
   *
   * @param classes the folder of its compiled classes
   * @param work how long one message takes, as a server's option says it
   */
  List<String> command(Path classes, String work, int handlers) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classes.toString(), MAIN, "--port", "0", "--work", work));
    if (number >= FIRST_WITH_A_POOL) {
      command.addAll(List.of("--handlers", Integer.toString(handlers)));
    }
    return command;
  }
}
