package course.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code java Course.java …} in a process of its own, as it is typed: standard output and error as
 * one. Closing it ends the process. For one thread.
 */
final class CourseRun implements AutoCloseable {
  private static final Executor WHEN_IT_HANGS = // bounds a hang, decides nothing else
      CompletableFuture.delayedExecutor(300, TimeUnit.SECONDS);

  private final Process process;
  private final BufferedReader out;

  private CourseRun(Process process) {
    this.process = process;
    out = process.inputReader(UTF_8);
  }

  /**
   * Starts it.
   *
   * @param folder where that is typed
   * @param file the path of Course.java, as it is typed there
   * @param environment what is set for it, beside what we have
   */
  static CourseRun start(Path folder, String file, Map<String, String> environment, String... words)
      throws IOException {
    var command = new ArrayList<String>(List.of(java(), file));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new CourseRun(builder.start());
  }

  /** The first java in the PATH, which may be an older one; ours, if there is none. */
  private static String java() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "java"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(Path.of(System.getProperty("java.home"), "bin", "java"))
        .toString();
  }

  /** Types a line on its keyboard. */
  void type(String line) throws IOException {
    var keyboard = process.outputWriter(UTF_8);
    keyboard.write(line + "\n");
    keyboard.flush();
  }

  /** Says that nothing more will be typed. */
  void endTyping() throws IOException {
    process.outputWriter(UTF_8).close();
  }

  /** Waits for the next line; null at the end. */
  String line() throws IOException {
    // Reading from a process can't be interrupted, but ends with it.
    var hang = CompletableFuture.runAsync(process::destroyForcibly, WHEN_IT_HANGS);
    try {
      return out.readLine();
    } finally {
      hang.cancel(false);
    }
  }

  /** Waits for the line that starts so, and returns it. */
  String line(String start) throws IOException {
    var before = new ArrayList<String>();
    for (String line; (line = line()) != null; before.add(line)) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("it ended without '" + start + "'; it printed " + before);
  }

  /** Waits for its end, and returns its exit status with all that it has printed since. */
  Ended awaitEnd() throws IOException, InterruptedException {
    var printed = new ArrayList<String>();
    for (String line; (line = line()) != null; ) {
      printed.add(line);
    }
    return new Ended(process.waitFor(), printed);
  }

  /** What it was at the end. */
  record Ended(int status, List<String> printed) {
    String text() {
      return String.join("\n", printed);
    }
  }

  /** Tells it to end, as SIGTERM does. */
  void terminate() {
    process.toHandle().destroy(); // process.destroy() would close its streams too
  }

  /** Returns the process that it has started, whose words have this one among them. */
  ProcessHandle child(String word) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("it has started nothing with '" + word + "'"));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
