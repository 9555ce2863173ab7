package course.grader.engine;

import course.grader.engine.runner.Runner;
import course.grader.model.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a runner's JVM starts from, see {@link RunnerFiles}, and the folders that each has of its
 * own. Immutable.
 */
final class RunnerHome implements RunnerSource {
  private final Path folder = Files.createTempDirectory("runner"); // ours alone
  private final Class<?> main;
  private final Launch launch;
  private final RunnerFiles files;
  private final String classPath;

  /**
   * Makes what is not there yet.
   *
   * @param main what the JVMs run: {@link Runner}, or another that speaks as it does
   * @param launch starts them
   * @throws InterruptedException if that is to end
   */
  RunnerHome(Class<?> main, Launch launch) throws IOException, InterruptedException {
    this.main = main;
    this.launch = launch;
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
        builder(
                folder,
                List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-Xlog:all=off"),
                Runner.WARM_UP)
            .start();
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

  /** Where a JVM that ends by a fault of its own, such as a SIGSEGV, leaves a report. */
  static Path crashReport(Path own) {
    return own.resolve("crash.log");
  }

  @Override
  public RunnerProcess start() throws IOException {
    Path own = Files.createTempDirectory(folder, "jvm");
    return new LocalRunner(own, launch.start(builder(own, archived()), reads(), own));
  }

  private List<String> archived() {
    return Files.exists(files.archive())
        ? List.of("-XX:SharedArchiveFile=" + files.archive(), "-Xlog:disable", "-Xlog:all=off")
        : List.of();
  }

  private List<Path> reads() {
    var reads = new ArrayList<>(List.of(files.archive()));
    Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).forEach(reads::add);
    return reads;
  }

  private ProcessBuilder builder(Path own, List<String> options, String... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Runner.OPTIONS);
    command.add("-Djava.io.tmpdir=" + own);
    command.add("-XX:ErrorFile=" + crashReport(own));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Options meant for this JVM are not meant for that one, and a JVM prints them.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder;
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
