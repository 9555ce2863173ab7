package course.grader.grade.results;

import course.grader.model.Exercise;
import course.grader.model.RuleTest;
import java.util.ArrayList;
import java.util.List;

/**
 * A class as all that is written of it has it: a row a student. What is more is read from a
 * student's JSON when it is that student's turn, so memory does not grow with what a class did.
 *
 * @param faults what the instructor should know that is no student's, a sentence each
 */
record ClassTable(Exercise exercise, List<Row> rows, List<String> faults, Store store) {
  /**
   * A rule of the exercise.
   *
   * @param points what it is worth
   * @param sentence what must hold
   */
  record Rule(int number, int points, String sentence) {}

  /** Returns the rules, in order. */
  List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    for (RuleTest test : exercise.tests()) {
      boolean first = rules.isEmpty() || rules.getLast().number != test.rule();
      if (first) { // the test that has a rule's points comes first, and its name says the rule
        rules.add(new Rule(test.rule(), test.points(), test.sentence()));
      }
    }
    return rules;
  }

  int possible() {
    return exercise.points();
  }

  /** Returns all that is known of the student of a row. */
  StudentResult result(Row row) {
    return store
        .read(row.student())
        .orElseThrow(() -> new IllegalStateException(row.file() + ".json has gone meanwhile"));
  }
}
