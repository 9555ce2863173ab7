package course.grader;

import course.grader.runner.Runner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What a runner's JVM starts from: our class path with its folders packed into a jar, and an
 * archive of the classes that each of them loads first, which more than halves its start. The
 * archive (JDK: "class data sharing") can be made from jars only.
 */
final class RunnerHome implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("runner");
  private final Path archive = folder.resolve("runner.jsa");
  private final String classPath;

  /**
   * Makes it.
   *
   * @throws InterruptedException if that is to end: then nothing is left of it
   */
  RunnerHome() throws IOException, InterruptedException {
    try {
      classPath = packed();
      makeArchive();
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private String packed() throws IOException {
    var jars = new ArrayList<String>();
    Path own = folder.resolve("own.jar");
    jars.add(own.toString());
    try (var jar = new JarOutputStream(Files.newOutputStream(own))) {
      for (Path entry : Engine.libraries()) {
        if (Files.isDirectory(entry)) {
          pack(entry, jar);
        } else if (Files.exists(entry)) {
          jars.add(entry.toAbsolutePath().toString());
        }
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, JarOutputStream jar) throws IOException {
    try (Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(path).toString().replace('\\', '/');
        if (!name.startsWith("META-INF/")) {
          jar.putNextEntry(new JarEntry(name));
          Files.copy(path, jar);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Runs a runner once without work. If it leaves no archive, runners just start more slowly. */
  private void makeArchive() throws IOException, InterruptedException {
    Process process =
        start(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-Xlog:all=off"));
    try (var input = process.outputWriter()) {
      input.write("warm up\n");
      input.flush();
      process.waitFor(60, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Returns whether a JVM that has ended did so by a fault of its own, such as a SIGSEGV. */
  boolean hasCrashed(Process runner) {
    return Files.exists(crashReport(String.valueOf(runner.pid())));
  }

  private Path crashReport(String pid) {
    return folder.resolve("crash-" + pid + ".log");
  }

  /** Starts a runner; it waits for its standard input. */
  Process start() throws IOException {
    return start(
        Files.exists(archive)
            ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=off")
            : List.of());
  }

  private Process start(List<String> options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + RunnerJvm.MEMORY_MB + "m");
    // Short lives: what counts is to be ready soon, on cores that others use too.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    // If a JVM crashes, its report must not lie among the student's files.
    command.add("-XX:ErrorFile=" + crashReport("%p"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Runner.class.getName()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Options meant for this JVM are not meant for that one, and a JVM prints them.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.start();
  }

  @Override
  public void close() throws IOException {
    Compiler.delete(folder);
  }
}
