package course.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A Java program in a process of its own, with standard output and error as one. Closing it ends
 * the process. For one thread.
 */
final class JavaProcess implements AutoCloseable {
  private static final Executor WHEN_IT_HANGS = // bounds a hang, decides nothing else
      CompletableFuture.delayedExecutor(120, SECONDS);

  private final Process process;
  private final BufferedReader out;
  private final List<String> printed = new ArrayList<>();

  private JavaProcess(Process process) {
    this.process = process;
    out = process.inputReader(UTF_8);
  }

  /** Starts the JDK's {@code java} with these arguments, in a folder. */
  static JavaProcess start(Path folder, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstdout.encoding=UTF-8");
    command.addAll(arguments);
    return new JavaProcess(
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start());
  }

  /** Starts the client with these words, in a folder. */
  static JavaProcess client(Path folder, List<String> words) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    arguments.add("course.client.Main");
    arguments.addAll(words);
    return start(folder, arguments);
  }

  /** Starts the client with these words, for a server on this machine. */
  static JavaProcess client(int port, List<String> words) throws IOException {
    var all = new ArrayList<>(words);
    all.addAll(List.of("--port", "" + port));
    return client(Path.of("."), all);
  }

  /** Waits for the next line that it prints; null at the end. */
  String line() throws IOException {
    // Reading from a process can't be interrupted, but ends with it.
    var hang = CompletableFuture.runAsync(process::destroyForcibly, WHEN_IT_HANGS);
    try {
      String line = out.readLine();
      if (line != null) {
        printed.add(line);
      }
      return line;
    } catch (IOException e) {
      throw new IOException("the process did not print what this test waits for: " + printed, e);
    } finally {
      hang.cancel(false);
    }
  }

  /** Asks the process to end, as Ctrl-C does. What it has printed can still be read. */
  void terminate() {
    process.toHandle().destroy(); // process.destroy() would close its streams too
  }

  /** Waits for its end and returns all that it printed, from the first line on. */
  List<String> awaitAll() throws IOException {
    while (line() != null) {}
    return List.copyOf(printed);
  }

  /** Waits for its end; returns its exit status. */
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
