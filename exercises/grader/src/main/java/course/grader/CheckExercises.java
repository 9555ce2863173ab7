package course.grader;

import course.grader.Exercise.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Proves the exercises: each starter fails just the tests that it should, each reference solution
 * passes, each wrong version is rejected by the test that it names, with the words that are pinned
 * beside it; every time, on a busy machine too.
 */
@Command(
    name = "check-exercises",
    description = "Proves the exercises: starters, reference solutions, wrong versions, files.")
final class CheckExercises implements Callable<Integer> {
  /** How many verdicts are worked out side by side. */
  private static final int AT_ONCE = 2;

  @Mixin private CourseOptions course;
  @Spec private CommandSpec command;

  @Option(
      names = "--only",
      paramLabel = "EXERCISE",
      description = "one exercise's number or name; all if not given")
  private String only;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2",
      description = "rounds on an idle machine (default: 2)")
  private int rounds;

  @Option(
      names = "--busy-rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "rounds while every core is kept busy (default: 1)")
  private int busyRounds;

  @Option(names = "--write", description = "pin the failures anew, as they are now")
  private boolean write;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var faults = new ArrayList<String>();
    List<Exercise> exercises = only == null ? course.exercises() : List.of(course.exercise(only));
    CommandLine commandLine = command.commandLine();
    try (Engine engine = engine()) {
      for (Exercise exercise : exercises) {
        long start = System.nanoTime();
        List<String> found = faults(exercise, engine);
        commandLine
            .getOut()
            .printf(
                "%s: %s, %d verdicts in %.1f s%n",
                exercise.name(),
                found.isEmpty() ? "proven" : "not proven, faults: " + found.size(),
                versions(exercise).size() * (rounds + busyRounds),
                (System.nanoTime() - start) / 1e9)
            .flush();
        faults.addAll(found);
      }
    }
    faults.forEach(commandLine.getErr()::println);
    return faults.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** A checker for the build, with the defaults of the command line. */
  static CheckExercises of(int rounds, int busyRounds) {
    var check = new CheckExercises();
    check.rounds = rounds;
    check.busyRounds = busyRounds;
    return check;
  }

  /**
   * Files that a student could have.
   *
   * @param where the folder that they come from
   * @param pinned the file that names the tests they fail, with the words; null if they fail none
   */
  private record Version(Path where, Map<String, String> files, Path pinned) {}

  private static List<Version> versions(Exercise exercise) throws IOException {
    var versions = new ArrayList<Version>();
    Path solutions = exercise.solutions();
    versions.add(new Version(solutions, exercise.version(solutions), null)); // takes longest
    versions.add(
        new Version(exercise.folder(), exercise.student(), solutions.resolve("starter.txt")));
    for (Path wrong : ExerciseFiles.wrongVersions(exercise)) {
      versions.add(new Version(wrong, exercise.version(wrong), wrong.resolve("verdict.txt")));
    }
    return versions;
  }

  /** Starts an engine that suits {@link #faults}. The caller closes it. */
  static Engine engine() throws IOException {
    return new Engine(AT_ONCE);
  }

  /** Returns what is wrong with an exercise, each fault with its file. */
  List<String> faults(Exercise exercise, Engine engine) throws IOException, InterruptedException {
    var faults = new ArrayList<>(ExerciseFiles.faults(exercise));
    faults.addAll(lint(exercise));
    if (faults.isEmpty()) {
      faults.addAll(judge(exercise, engine, rounds));
    }
    if (faults.isEmpty()) {
      try (var _ = new BusyCores()) {
        for (String fault : judge(exercise, engine, busyRounds)) {
          faults.add(fault + "\n  (while all cores were busy)");
        }
      }
    }
    return faults;
  }

  /** All rounds at once, so that no worker waits for the last one of each. */
  private List<String> judge(Exercise exercise, Engine engine, int times)
      throws IOException, InterruptedException {
    var faults = new LinkedHashSet<String>(); // the same fault in each round is told once
    try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var verdicts = new ArrayList<Map.Entry<Version, Future<Verdict>>>();
      for (int round = 1; round <= times; round++) {
        for (Version version : versions(exercise)) {
          List<String> tests = tests(exercise, version);
          verdicts.add(
              Map.entry(
                  version, workers.submit(() -> engine.judge(exercise, version.files(), tests))));
        }
      }
      for (var verdict : verdicts) {
        try {
          faults.addAll(faults(exercise, verdict.getKey(), verdict.getValue().get()));
        } catch (ExecutionException e) {
          faults.add(verdict.getKey().where() + ": " + e.getCause().getMessage());
        }
      }
    }
    return List.copyOf(faults);
  }

  /** Starter and reference need all tests; a wrong version only those that it names, if any. */
  private static List<String> tests(Exercise exercise, Version version) throws IOException {
    List<String> all = exercise.about().tests().stream().map(Exercise.Task::test).toList();
    if (version.pinned() == null || version.where().equals(exercise.folder())) {
      return all;
    }
    var named = ExerciseFiles.pinned(version.pinned()).keySet();
    return named.isEmpty() ? all : all.stream().filter(named::contains).toList();
  }

  private List<String> faults(Exercise exercise, Version version, Verdict verdict)
      throws IOException {
    if (version.pinned() == null) {
      return verdict.results().stream()
          .filter(result -> !result.passed())
          .map(result -> at(version) + "fails " + result.test() + ": " + result.why())
          .toList();
    }
    var failures = new TreeMap<String, String>();
    for (TestResult result : verdict.results()) {
      if (!result.passed()) {
        failures.put(result.test(), result.outcome() + "\n" + StableWords.of(result.why()));
      }
    }
    if (version.where().equals(exercise.folder())) {
      var expected = new ArrayList<String>();
      exercise.about().tests().stream()
          .filter(test -> test.starter() == Starter.FAILS)
          .forEach(test -> expected.add(test.test()));
      Collections.sort(expected);
      if (!List.copyOf(failures.keySet()).equals(expected)) {
        return List.of(
            at(version)
                + "the starter fails\n  "
                + failures.keySet()
                + ", but "
                + Exercise.FILE
                + " says that it fails\n  "
                + expected);
      }
      if (write) {
        Files.writeString(version.pinned(), ExerciseFiles.pinnedText(failures));
      }
    }
    return pinnedFaults(version, failures);
  }

  /** Compares the failures of the tests that a version names with the words that it pins. */
  private List<String> pinnedFaults(Version version, Map<String, String> failures)
      throws IOException {
    Map<String, String> pinned = ExerciseFiles.pinned(version.pinned());
    var faults = new ArrayList<String>();
    if (pinned.isEmpty()) {
      faults.add(
          version.pinned().normalize()
              + ": names no test. Write '== Class.test' in it, then run "
              + Main.COMMAND
              + " check-exercises --write."
              + " These fail: "
              + failures.keySet());
    }
    for (var failure : pinned.entrySet()) {
      String seen = failures.get(failure.getKey());
      if (seen == null) {
        faults.add(at(version) + "passes " + failure.getKey() + ", which must reject it");
      } else if (write) {
        failure.setValue(seen);
      } else if (!seen.equals(failure.getValue())) {
        faults.add(
            version.pinned().normalize()
                + ": "
                + failure.getKey()
                + " now says\n"
                + seen
                + "\ninstead of\n"
                + failure.getValue());
      }
    }
    if (write && faults.isEmpty()) {
      Files.writeString(version.pinned(), ExerciseFiles.pinnedText(pinned));
    }
    return faults;
  }

  /** Returns where a version's own files are, for the beginning of a message. */
  private static String at(Version version) {
    return version.files().keySet().stream()
            .flatMap(file -> {
              String simpleName = file.replaceFirst(".*/", "");
              return Stream.of(file, simpleName).map(version.where()::resolve);
            })
            .filter(Files::exists)
            .map(file -> file.normalize().toString())
            .collect(Collectors.joining(", "))
        + ": ";
  }

  /** The reference solution and our tests compile without a single warning. */
  private static List<String> lint(Exercise exercise) throws IOException {
    var faults = new ArrayList<String>();
    Path folder = Files.createTempDirectory("lint");
    try (var compiler = new Compiler()) {
      var sources = new LinkedHashMap<>(exercise.sources("src/main/java"));
      sources.putAll(exercise.version(exercise.solutions()));
      compiler
          .compile(sources, List.of(), folder, true)
          .forEach(warning -> faults.add(exercise.solutions().normalize() + ": " + warning));
      if (faults.isEmpty()) {
        var classPath = new ArrayList<>(List.of(folder));
        classPath.addAll(Engine.libraries());
        compiler
            .compile(exercise.sources("src/test/java"), classPath, folder, true)
            .forEach(warning -> faults.add(exercise.folder().normalize() + ": " + warning));
      }
    } finally {
      Compiler.delete(folder);
    }
    return faults;
  }
}
