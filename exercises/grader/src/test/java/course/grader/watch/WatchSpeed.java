package course.grader.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import course.grader.model.CourseOptions;
import course.grader.model.Exercise;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how long a student waits from saving a file to the verdict: with watch, and with Maven's
 * own {@code test}, in turn, in a clone of the course.
 */
@Command(
    name = "watch-speed",
    description = "Times watch beside 'mvn -q test', on the same edits of one exercise.")
final class WatchSpeed implements Callable<Integer> {
  private static final String MAVEN =
      System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";

  @Mixin private CourseOptions course;

  @Option(names = "--exercise", defaultValue = "1", description = "its number or its name")
  private String said;

  @Option(names = "--pairs", defaultValue = "5", description = "how many edits, each timed twice")
  private int pairs;

  public static void main(String[] args) {
    System.exit(new CommandLine(new WatchSpeed()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, GitAPIException {
    Path folder = Files.createTempDirectory("watch-speed");
    try (Git _ =
        Git.cloneRepository()
            .setURI(course.root().toUri().toString())
            .setDirectory(folder.toFile())
            .call()) {
      measure(folder, course.exercise(said).name());
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void measure(Path clone, String name) throws IOException, InterruptedException {
    Exercise exercise = Exercise.read(clone.resolve("exercises").resolve(name));
    Path file = exercise.folder().resolve(exercise.about().editable().getFirst());
    maven(clone, exercise); // so that all is compiled
    Process watch = watch(clone);
    try (BufferedReader lines = watch.inputReader(UTF_8)) {
      awaitVerdict(lines);
      System.out.println("  edit    watch   mvn -q test   times as fast");
      double[] watched = new double[pairs];
      double[] tested = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        edit(file, i + 1);
        long saved = System.nanoTime();
        awaitVerdict(lines);
        watched[i] = secondsSince(saved);
        long started = System.nanoTime();
        maven(clone, exercise);
        tested[i] = secondsSince(started);
        row(String.valueOf(i + 1), watched[i], tested[i]);
      }
      row("median", median(watched), median(tested));
    } finally {
      watch.destroyForcibly().waitFor();
    }
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElse(Double.NaN);
  }

  private static void row(String pair, double watch, double maven) {
    System.out.printf(
        Locale.ROOT, "%6s  %5.2f s  %10.2f s  %14.1f%n", pair, watch, maven, maven / watch);
  }

  /** A small edit: what is compiled is another text each time, and does the same. */
  private static void edit(Path file, int pair) throws IOException {
    Files.writeString(file, Files.readString(file) + "// edit " + pair + "\n");
  }

  private Process watch(Path clone) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "course.grader.Main",
            "watch",
            "--course",
            clone.toString(),
            said)
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitVerdict(BufferedReader lines) throws IOException {
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.matches("\\d+ of \\d+ tests pass .*")) {
        return;
      }
    }
    throw new IOException("watch ended");
  }

  private static void maven(Path clone, Exercise exercise)
      throws IOException, InterruptedException {
    new ProcessBuilder(
            MAVEN, "-q", "-pl", "exercises/" + exercise.name(), "-am", "test", "-Dexercise")
        .directory(clone.toFile())
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .waitFor(); // its status says whether the exercise is solved, which is not the question
  }

  private static double secondsSince(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
