package course.grader.prove;

import course.grader.engine.Engine;
import course.grader.model.Exercise;
import course.grader.model.Exercise.Starter;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import course.grader.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proves one exercise: its starter fails just the tests that it should, the reference solution
 * passes, each wrong version is rejected by the test that it names, with the words that are pinned
 * beside it; every time, on a busy machine too. For one thread; it has some of its own.
 */
final class Proof {
  /** How many verdicts are worked out side by side. */
  private static final int AT_ONCE = 2;

  private final Exercise exercise;
  private final Engine engine;
  private final boolean write;
  private int verdicts;

  /**
   * @param engine see {@link #engine}
   * @param write whether the failures are pinned anew, as they are now
   */
  Proof(Exercise exercise, Engine engine, boolean write) {
    this.exercise = exercise;
    this.engine = engine;
    this.write = write;
  }

  /** Starts an engine that suits a proof. The caller closes it. */
  static Engine engine() throws IOException {
    return new Engine(AT_ONCE);
  }

  /** Returns how many verdicts the proof has asked for. */
  int verdicts() {
    return verdicts;
  }

  /**
   * Files that a student could have.
   *
   * @param where the folder that they come from
   * @param pinned the file that names the tests they fail, with the words; null if they fail none
   */
  private record Version(Path where, Map<String, String> files, Path pinned) {}

  private List<Version> versions() throws IOException {
    var versions = new ArrayList<Version>();
    var solutions = new Solutions(exercise);
    versions.add(new Version(solutions.folder(), solutions.reference(), null)); // takes longest
    versions.add(
        new Version(
            exercise.folder(), exercise.student(), solutions.folder().resolve("starter.txt")));
    for (Path wrong : solutions.wrongVersions()) {
      versions.add(new Version(wrong, solutions.version(wrong), wrong.resolve("verdict.txt")));
    }
    return versions;
  }

  /** Returns what is wrong, each fault with its file. */
  List<String> faults(int rounds, int busyRounds) throws IOException, InterruptedException {
    var faults = new ArrayList<>(ExerciseFiles.faults(exercise));
    faults.addAll(lint());
    if (faults.isEmpty()) {
      faults.addAll(judge(rounds));
    }
    if (faults.isEmpty()) {
      try (var _ = new BusyCores()) {
        for (String fault : judge(busyRounds)) {
          faults.add(fault + "\n  (while all cores were busy)");
        }
      }
    }
    return faults;
  }

  /** The reference solution and our tests compile without a single warning. */
  private List<String> lint() throws IOException {
    var solutions = new Solutions(exercise);
    return engine.warnings(exercise, solutions.reference()).stream()
        .map(warning -> solutions.folder().normalize() + ": " + warning)
        .toList();
  }

  /** All rounds at once, so that no worker waits for the last one of each. */
  private List<String> judge(int times) throws IOException, InterruptedException {
    var faults = new LinkedHashSet<String>(); // the same fault in each round is told once
    try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
      var futures = new ArrayList<Map.Entry<Version, Future<Verdict>>>();
      for (int round = 1; round <= times; round++) {
        for (Version version : versions()) {
          List<String> tests = tests(version);
          verdicts++;
          futures.add(
              Map.entry(
                  version, workers.submit(() -> engine.judge(exercise, version.files(), tests))));
        }
      }
      for (var verdict : futures) {
        try {
          faults.addAll(faults(verdict.getKey(), verdict.getValue().get()));
        } catch (ExecutionException e) {
          faults.add(verdict.getKey().where() + ": " + e.getCause().getMessage());
        }
      }
    }
    return List.copyOf(faults);
  }

  /** Starter and reference need all tests; a wrong version only those that it names, if any. */
  private List<String> tests(Version version) throws IOException {
    List<String> all = exercise.about().tests().stream().map(Exercise.Task::test).toList();
    if (version.pinned() == null || version.where().equals(exercise.folder())) {
      return all;
    }
    var named = Pins.read(version.pinned()).keySet();
    return named.isEmpty() ? all : all.stream().filter(named::contains).toList();
  }

  private List<String> faults(Version version, Verdict verdict) throws IOException {
    if (version.pinned() == null) {
      return verdict.results().stream()
          .filter(result -> !result.passed())
          .map(result -> at(version) + "fails " + result.test() + ": " + result.why())
          .toList();
    }
    var failures = new TreeMap<String, String>();
    for (TestResult result : verdict.results()) {
      if (!result.passed()) {
        failures.put(result.test(), result.outcome() + "\n" + StableWords.of(result.failure()));
      }
    }
    if (version.where().equals(exercise.folder())) {
      List<String> expected =
          exercise.about().tests().stream()
              .filter(test -> test.starter() == Starter.FAILS)
              .map(Exercise.Task::test)
              .sorted()
              .toList();
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
        Pins.write(version.pinned(), failures);
      }
    }
    return pinnedFaults(version, failures);
  }

  /** Compares the failures of the tests that a version names with the words that it pins. */
  private List<String> pinnedFaults(Version version, Map<String, String> failures)
      throws IOException {
    Map<String, String> pinned = Pins.read(version.pinned());
    var faults = new ArrayList<String>();
    if (pinned.isEmpty()) {
      faults.add(
          version.pinned().normalize()
              + ": names no test. Write '== Class.test' in it, then run "
              + Words.COMMAND
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
      Pins.write(version.pinned(), pinned);
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
}
