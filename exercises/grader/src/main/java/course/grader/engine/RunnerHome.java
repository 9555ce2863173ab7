package course.grader.engine;

import course.grader.engine.runner.Runner;
import course.grader.model.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a runner's JVM starts from, see {@link RunnerFiles}, and where it leaves a report if it
 * crashes. Immutable.
 */
final class RunnerHome implements RunnerSource {
  private final Path folder = Files.createTempDirectory("runner"); // ours alone
  private final Class<?> main;
  private final RunnerFiles files;
  private final String classPath;

  /**
   * Makes what is not there yet.
   *
   * @param main what the JVMs run: {@link Runner}, or another that speaks as it does
   * @throws InterruptedException if that is to end
   */
  RunnerHome(Class<?> main) throws IOException, InterruptedException {
    this.main = main;
    try {
      files = files();
      classPath = files.classPath();
      if (!Files.exists(files.archive())) {
        makeArchive();
      }
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Where nothing can be kept, as in a course that is read only, it is made for this time. */
  private RunnerFiles files() {
    try {
      return RunnerFiles.ours();
    } catch (IOException e) {
      return new RunnerFiles(folder);
    }
  }

  /** Runs a runner once without work. If it leaves no archive, runners just start more slowly. */
  private void makeArchive() throws IOException, InterruptedException {
    Path made = folder.resolve("made.jsa");
    Process process =
        start(
            Runner.class,
            List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-Xlog:all=off"),
            Runner.WARM_UP);
    try {
      process.waitFor(60, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() == 0 && Files.exists(made)) {
      Path whole = Files.createTempFile(files.folder(), "runner", ".tmp");
      Files.move(made, whole, StandardCopyOption.REPLACE_EXISTING); // from another disk, maybe
      RunnerFiles.put(whole, files.archive());
    }
  }

  /** Returns whether a JVM that has ended did so by a fault of its own, such as a SIGSEGV. */
  boolean hasCrashed(Process runner) {
    return Files.exists(crashReport(String.valueOf(runner.pid())));
  }

  private Path crashReport(String pid) {
    return folder.resolve("crash-" + pid + ".log");
  }

  @Override
  public RunnerProcess start() throws IOException {
    return new LocalRunner(
        this,
        start(
            main,
            Files.exists(files.archive())
                ? List.of(
                    "-XX:SharedArchiveFile=" + files.archive(), "-Xlog:disable", "-Xlog:all=off")
                : List.of()));
  }

  private Process start(Class<?> main, List<String> options, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + Runner.MEMORY_MB + "m");
    // Short lives: what counts is to be ready soon, on cores that others use too.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    // If a JVM crashes, its report must not lie among the student's files.
    command.add("-XX:ErrorFile=" + crashReport("%p"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Options meant for this JVM are not meant for that one, and a JVM prints them.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.start();
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
