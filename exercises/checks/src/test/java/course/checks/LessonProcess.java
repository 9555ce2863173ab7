package course.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.tools.ToolProvider;

/**
 * A lesson's server, compiled from its sources or from changed ones, in a process of its own.
 * Closing it ends the process. For one thread.
 */
final class LessonProcess implements AutoCloseable {
  private final JavaProcess process;
  private final int port;

  private LessonProcess(JavaProcess process) throws IOException {
    this.process = process;
    String first = line();
    port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
  }

  /**
   * Compiles and starts a server on a free port.
   *
   * @param changed the text of the files that differ from the lesson's, by their names in it
   * @param folder an empty one
   */
  static LessonProcess start(
      Course course,
      String lesson,
      Map<String, List<String>> changed,
      Path folder,
      String... options)
      throws IOException {
    Path classes = folder.resolve("classes");
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("-proc:none", "--release", "25", "-d", classes.toString()));
    for (String file :
        course.filesUnder(lesson + "/src/main/java", name -> name.endsWith(".java"))) {
      String name = file.substring(lesson.length() + 1);
      Path source = folder.resolve(name);
      Files.createDirectories(source.getParent());
      Files.write(source, changed.getOrDefault(name, course.lines(file)));
      arguments.add(source.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError(lesson + ", so changed, does not compile: see above");
    }
    var command = new ArrayList<String>();
    command.addAll(List.of("-classpath", classes.toString(), "course.server.Main", "--port", "0"));
    command.addAll(List.of(options));
    return new LessonProcess(JavaProcess.start(folder, command));
  }

  int port() {
    return port;
  }

  /** Returns the next line that it prints, to standard output or error. */
  String line() throws IOException {
    String line = process.line();
    if (line == null) {
      throw new AssertionError("the server has ended");
    }
    return line;
  }

  /** Waits for a line that fits, and returns it; drops those before it. */
  String line(Predicate<String> fits) throws IOException {
    while (true) {
      String line = line();
      if (fits.test(line)) {
        return line;
      }
    }
  }

  /** Ends the server as Ctrl-C does, and returns all that it printed. */
  List<String> stop() throws IOException {
    process.terminate();
    return process.awaitAll();
  }

  @Override
  public void close() {
    process.close();
  }
}
