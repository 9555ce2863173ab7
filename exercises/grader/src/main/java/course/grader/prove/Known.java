package course.grader.prove;

import static java.util.stream.Collectors.joining;

import course.grader.model.KnownFailures;
import course.grader.model.RuleTest;
import course.grader.model.Solutions;
import course.grader.model.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of an exercise's failures, in two files beside its solutions that {@code
 * check-exercises --write} makes. {@code words.txt} has what a student reads of each test when it
 * fails, once, with the version whose failure that is. {@code known.json} has, for each version,
 * which tests fail each time and what they see: so a mistake can be told by what it does. Tests go
 * by their labels.
 *
 * @param words by {@code TEST (VERSION)}, in the exercise's order
 * @param versions what the tests that fail see, by test, for each version
 */
record Known(Map<String, String> words, Map<String, Map<String, String>> versions) {
  private static final String WORDS = "words.txt";

  /** Reads both files; what is not there is empty. */
  static Known read(Solutions solutions) throws IOException {
    var words = new LinkedHashMap<String, String>();
    for (String section : text(solutions, WORDS, "").split("(?m)^== ", -1)) {
      if (!section.isBlank()) {
        String[] parts = section.split("\n", 2);
        words.put(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip());
      }
    }
    return new Known(words, KnownFailures.read(solutions).versions());
  }

  private static String text(Solutions solutions, String name, String otherwise)
      throws IOException {
    Path file = solutions.folder().resolve(name);
    return Files.exists(file) ? Files.readString(file).replace("\r", "") : otherwise;
  }

  void write(Solutions solutions) throws IOException {
    String text =
        words.entrySet().stream()
            .map(each -> "== %s\n%s\n".formatted(each.getKey(), each.getValue()))
            .collect(joining("\n"));
    Files.writeString(solutions.folder().resolve(WORDS), text);
    new KnownFailures(versions).write(solutions);
  }

  /** Returns what is known after some runs of all tests, each version's in a row or not. */
  static Known from(List<Observed> runs, List<RuleTest> tests) {
    var versions = new LinkedHashMap<String, Map<String, String>>();
    for (Observed run : runs) {
      var seen = new LinkedHashMap<String, String>();
      run.failures().keySet().forEach(label -> seen.put(label, run.seen(label)));
      versions.merge(run.version(), seen, Known::eachTime);
    }
    var words = new LinkedHashMap<String, String>();
    for (RuleTest test : tests) {
      told(test.label(), runs)
          .ifPresent(run -> words.put(pin(test.label(), run.version()), run.words(test.label())));
    }
    return new Known(words, versions);
  }

  private static Map<String, String> eachTime(Map<String, String> one, Map<String, String> other) {
    one.keySet().retainAll(other.keySet());
    one.replaceAll((label, seen) -> seen.equals(other.get(label)) ? seen : KnownFailures.VARIES);
    return one;
  }

  /** The starter's words come first: students read those; then a version that the test rejects. */
  private static Optional<Observed> told(String label, List<Observed> runs) {
    return Stream.concat(
            runs.stream().filter(run -> run.version().equals(Observed.STARTER)),
            runs.stream().filter(run -> run.rejectedBy().contains(label)))
        .filter(run -> run.failures().containsKey(label))
        .findFirst();
  }

  private static String pin(String label, String version) {
    return label + " (" + version + ")";
  }

  /** Returns what is otherwise in a run than is known, with what to do. */
  List<String> differences(Observed run, Solutions solutions) {
    var differences = new ArrayList<String>();
    Map<String, String> known = versions.getOrDefault(run.version(), Map.of());
    boolean starter = run.version().equals(Observed.STARTER);
    if (starter && !known.keySet().equals(run.failures().keySet())) {
      differences.add(
          "the tests that the starter fails are %s, not %s"
              .formatted(run.failures().keySet(), known.keySet()));
    }
    for (String label : run.failures().keySet()) {
      String seen = known.get(label);
      if (seen == null && run.rejectedBy().contains(label)) {
        differences.add("that test %s fails with %s".formatted(label, run.version()));
      } else if (seen != null
          && !run.varies(label)
          && !List.of(KnownFailures.VARIES, run.seen(label)).contains(seen)) {
        differences.add(
            "test %s sees with %s%n%s%ninstead of%n%s"
                .formatted(label, run.version(), run.seen(label), seen));
      }
      String pinned = words.get(pin(label, run.version()));
      if (pinned != null && !pinned.equals(run.words(label))) {
        differences.add(
            "test %s says with %s%n%s%ninstead of%n%s"
                .formatted(label, run.version(), run.words(label), pinned));
      }
    }
    return differences.stream()
        .map(what ->
            "%s is not up to date: %s%nIf that is right, run %s check-exercises --only %s --write"
                .formatted(
                    solutions.folder().normalize(),
                    what,
                    Words.COMMAND,
                    solutions.exercise().number()))
        .toList();
  }
}
