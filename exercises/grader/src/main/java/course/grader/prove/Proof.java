package course.grader.prove;

import course.grader.model.Exercise;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.TestResult;
import course.grader.model.Verdict;
import course.grader.model.WrongVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Proves one exercise: its starter fails just the tests that it should, the reference solution and
 * the right versions pass, each wrong version is rejected by the tests that it names, with what is
 * known of it; every time, on a busy machine too. For one thread.
 */
final class Proof {
  /** Which tests a wrong version is tried with. */
  enum Depth {
    /** Those that must reject it. */
    NAMED,
    /** As well those that it must pass, as it is fitted to what students have. */
    FITTED,
    /** All, to write what is known of it anew. */
    WRITE
  }

  private final Exercise exercise;
  private final Solutions solutions;
  private final Verdicts verdicts;
  private final Depth depth;
  private final List<Observed> observed = new ArrayList<>();
  private int count;

  /**
   * @param verdicts works them out; other proofs may use it meanwhile
   * @param depth how much is tried of a wrong version
   */
  Proof(Exercise exercise, Verdicts verdicts, Depth depth) {
    this.exercise = exercise;
    this.solutions = new Solutions(exercise);
    this.verdicts = verdicts;
    this.depth = depth;
  }

  /** Returns how many verdicts the proof has asked for. */
  int count() {
    return count;
  }

  /**
   * Returns what is wrong, each fault with its file.
   *
   * @param rounds of all of them
   * @param busyRounds of those that must pass, while something else keeps every core busy: then a
   *     test may reject what is right, and what is wrong it rejects all the same
   */
  List<String> faults(int rounds, int busyRounds) throws IOException, InterruptedException {
    List<Version> versions = versions();
    List<Version> right = versions.stream().filter(Version::solves).toList();
    var faults = new ArrayList<>(ExerciseFiles.faults(exercise));
    faults.addAll(SolutionFiles.faults(exercise));
    if (faults.isEmpty()) {
      faults.addAll(lint());
    }
    if (faults.isEmpty()) {
      faults.addAll(judge(versions, rounds));
    }
    if (faults.isEmpty()) {
      try (var _ = new BusyCores()) {
        for (String fault : judge(right, busyRounds)) {
          faults.add(fault + "\n  (while something else kept all cores busy)");
        }
      }
    }
    if (depth == Depth.WRITE && faults.isEmpty()) {
      Known.from(observed, exercise.tests()).write(solutions);
    }
    return faults;
  }

  /** The reference solution and our tests compile without a single warning. */
  private List<String> lint() throws IOException {
    return verdicts.warnings(exercise, solutions.reference()).stream()
        .map(warning -> solutions.folder().normalize() + ": " + warning)
        .toList();
  }

  /**
   * Files that a student could have, and what must become of them.
   *
   * @param where the folder or file that they come from
   * @param name what is known of them goes by this; null if they must pass
   * @param rejectedBy the labels of tests that must fail
   */
  private record Version(
      Path where, String name, Set<String> rejectedBy, Map<String, String> files) {
    boolean solves() {
      return name == null;
    }

    /** Whether it must pass all tests that students have, and fail some that they do not have. */
    boolean isFitted() {
      return !rejectedBy.isEmpty() && rejectedBy.stream().allMatch(Version::isHidden);
    }

    boolean mustPass(RuleTest test) {
      return solves() || (isFitted() && !isHidden(test.label()));
    }

    private static boolean isHidden(String label) {
      return label.startsWith(Solutions.HIDDEN);
    }
  }

  private List<String> judge(List<Version> versions, int rounds)
      throws IOException, InterruptedException {
    var faults = new LinkedHashSet<String>(); // the same fault in each round is told once
    Known known = Known.read(solutions);
    var asked = new ArrayList<Map.Entry<Version, Future<Verdict>>>();
    for (int round = 1; round <= rounds; round++) {
      for (Version version : versions) {
        asked.add(
            Map.entry(
                version, verdicts.of(exercise, version.files, tests(version), solutions.hidden())));
      }
    }
    count += asked.size();
    for (var verdict : asked) {
      Version version = verdict.getKey();
      try {
        faults.addAll(faults(version, verdict.getValue().get(), known));
      } catch (ExecutionException e) {
        faults.add(version.where().normalize() + ": " + e.getCause().getMessage());
      }
    }
    return List.copyOf(faults);
  }

  private List<Version> versions() throws IOException {
    var versions = new ArrayList<Version>();
    versions.add( // takes longest
        new Version(solutions.folder(), null, Set.of(), solutions.reference()));
    solutions
        .right()
        .forEach((folder, files) -> versions.add(new Version(folder, null, Set.of(), files)));
    versions.add(new Version(exercise.folder(), Observed.STARTER, Set.of(), exercise.student()));
    for (WrongVersion wrong : solutions.wrong()) {
      versions.add(
          new Version(wrong.path(), wrong.name(), Set.copyOf(wrong.rejectedBy()), wrong.files()));
    }
    return versions;
  }

  private List<RuleTest> tests(Version version) throws IOException {
    List<RuleTest> all = solutions.allTests();
    if (version.rejectedBy.isEmpty() || depth == Depth.WRITE) {
      return all;
    }
    return all.stream()
        .filter(test ->
            version.rejectedBy.contains(test.label())
                || (depth == Depth.FITTED && version.mustPass(test)))
        .toList();
  }

  private List<String> faults(Version version, Verdict verdict, Known known) {
    String at = version.where().normalize() + ": ";
    if (verdict.reasonNotRun().isPresent()) {
      return List.of(at + verdict.reasonNotRun().get() + "\n" + verdict.results().getFirst().why());
    }
    var faults = new ArrayList<String>();
    for (TestResult result : verdict.results()) {
      String test = "test %s (%s)".formatted(result.test().label(), result.test().method());
      boolean mustFail = version.rejectedBy.contains(result.test().label());
      if (result.passed() && mustFail) {
        faults.add(at + "passes " + test + ", which must reject it");
      } else if (!result.passed() && version.mustPass(result.test())) {
        faults.add(at + "fails " + test + ": " + result.why());
      }
    }
    if (!version.solves()) {
      var run = Observed.of(version.name, version.rejectedBy, verdict.results());
      observed.add(run);
      faults.addAll(depth == Depth.WRITE ? List.of() : known.differences(run, solutions));
    }
    return faults;
  }
}
