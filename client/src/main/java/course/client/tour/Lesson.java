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

/**
 * A lesson's runnable jar.
 *
 * @param jar such as {@code lesson3-pool/target/lesson3-pool.jar}
 */
record Lesson(Path jar) {
  /** What to tell a user where {@link #under} finds nothing. */
  static final String NONE_BUILT =
      "no lesson*/target/lesson*.jar here; build them first: mvn package -DskipTests";

  private static final Pattern NAME = Pattern.compile("lesson(\\d{1,3})-(.+)");
  private static final int FIRST_WITH_A_POOL = 3;

  /**
   * Finds the jars in the {@code target} folders of a folder's lessons, in order of their names.
   */
  static List<Lesson> under(Path folder) throws IOException {
    var lessons = new ArrayList<Lesson>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(folder, "lesson*")) {
      for (Path module : modules) {
        Path jar = module.resolve("target").resolve(module.getFileName() + ".jar");
        if (Files.isRegularFile(jar)) {
          lessons.add(new Lesson(jar));
        }
      }
    }
    lessons.sort(Comparator.comparing(Lesson::name));
    return lessons;
  }

  /** The jar's name without its extension. */
  String name() {
    return jar.getFileName().toString().replaceFirst("\\.jar$", "");
  }

  /** The name for a reader: {@code Lesson 3: pool}. */
  String title() {
    Matcher matcher = NAME.matcher(name());
    return matcher.matches() ? "Lesson " + matcher.group(1) + ": " + matcher.group(2) : name();
  }

  /** The command that starts the server on any free port, with the java that runs us. */
  List<String> command(String work, int handlers) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString(), "--port", "0", "--work", work));
    Matcher matcher = NAME.matcher(name());
    if (matcher.matches() && Integer.parseInt(matcher.group(1)) >= FIRST_WITH_A_POOL) {
      command.addAll(List.of("--handlers", Integer.toString(handlers)));
    }
    return command;
  }
}
