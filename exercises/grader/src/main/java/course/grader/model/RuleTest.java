package course.grader.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A test of an exercise, as its source says. Immutable.
 *
 * @param rule the number of the README's rule that it tries
 * @param points what the rule is worth; 0 if another test says so
 * @param label what it is called where its sentence would say too much: the rule's number; {@code
 *     4.2} is the second test of rule 4
 * @param type its class, without the package
 * @param method its name: a sentence with {@code _} for blanks
 */
public record RuleTest(int rule, int points, String label, String type, String method) {
  private static final Pattern TEST =
      Pattern.compile(
          "@Test\\s+@Rule\\((?:value = )?(\\d+)(?:, points = (\\d+))?\\)\\s+void (\\w+)\\(");

  /** Returns the tests in some sources, in the order in which they run. */
  public static List<RuleTest> in(Map<String, String> sources) {
    var found = new ArrayList<RuleTest>();
    sources.forEach((file, text) -> {
      String type = Exercise.className(file);
      TEST.matcher(text).results().forEach(test -> found.add(of(type, test)));
    });
    found.sort(
        comparingInt(RuleTest::rule)
            .thenComparing(comparingInt(RuleTest::points).reversed())
            .thenComparing(comparing(RuleTest::method)));
    var labelled = new ArrayList<RuleTest>();
    for (RuleTest test : found) {
      long nth = labelled.stream().filter(other -> other.rule == test.rule).count() + 1;
      String label = test.rule + (nth == 1 ? "" : "." + nth);
      labelled.add(new RuleTest(test.rule, test.points, label, test.type, test.method));
    }
    return List.copyOf(labelled);
  }

  private static RuleTest of(String type, MatchResult test) {
    int points = test.group(2) == null ? 0 : Integer.parseInt(test.group(2));
    return new RuleTest(Integer.parseInt(test.group(1)), points, "", type, test.group(3));
  }

  /** Returns what must hold: a test's name is a sentence. */
  public String sentence() {
    return method.replace('_', ' ');
  }
}
