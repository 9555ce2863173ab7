package course.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A lesson's jar, run as its users run it. Closing it ends the process, whatever it does. */
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ServerProcess(Process process) {
    this.process = process;
    out = process.inputReader(UTF_8);
  }

  /** Starts {@code java [JVM_OPTIONS] -jar target/lesson….jar OPTIONS}. */
  public static ServerProcess start(List<String> jvmOptions, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(List.of(options));
    return new ServerProcess(new ProcessBuilder(command).start());
  }

  private static Path jar() throws IOException {
    try (var jars = Files.newDirectoryStream(Path.of("target"), "lesson*.jar")) {
      return jars.iterator().next();
    }
  }

  /** Returns the next line of standard output, null at its end. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** Returns the port of the first line, {@code listening on HOST:PORT}. */
  public int port() throws IOException {
    String line = line();
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Waits for the end of the process and returns all that it wrote to standard error. */
  public String awaitErrors() throws IOException {
    return String.join("\n", process.errorReader(UTF_8).readAllLines());
  }

  /** Waits for the end of the process and returns its exit status. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, SECONDS)) { // bounds a hang
      throw new AssertionError("the server is still running");
    }
    return process.exitValue();
  }

  /** Asks the process to end: SIGTERM, where there are signals. */
  public void terminate() {
    process.toHandle().destroy(); // process.destroy() would close its streams too
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
