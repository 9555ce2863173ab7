package course.grader.grade;

import course.grader.grade.model.HandIn;
import course.grader.grade.model.Mark;
import course.grader.grade.model.State;
import course.grader.grade.sandbox.Sandbox;
import course.grader.model.Exercise;
import course.grader.model.Solutions;
import course.grader.model.Submission;
import course.grader.model.TestResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries each wall in the path that grades, before a class is graded: one that is down stops it. */
final class WallCheck {
  private static final String REFERENCE = "the reference solution";

  private final Exercise exercise;
  private final Grading grading;

  WallCheck(Exercise exercise, Grading grading) {
    this.exercise = exercise;
    this.grading = grading;
  }

  /**
   * Tries them all.
   *
   * @throws IOException if one is down, or the exercise can't be graded here: which, and how
   */
  void check(Sandbox sandbox) throws Exception {
    List<String> holes = sandbox.holes();
    if (!holes.isEmpty()) {
      throw down("the sandbox", String.join("; ", holes));
    }
    refused("the names of our classes", "final class Decoy {}", "Decoy is the name");
    refused("the allow-list", "final class Ends { void all() { System.exit(0); } }", "System.exit");
    Mark reference = mark("");
    if (reference.state() != State.GRADED) {
      throw new IOException(
          "%s can't be graded here, so no submission can: %s"
              .formatted(REFERENCE, reference.why()));
    }
    if (!reference.brokenRules().isEmpty()) {
      TestResult failed =
          reference.visible().stream()
              .filter(result -> !result.passed())
              .findFirst()
              .orElseGet(() -> reference.hidden().getFirst());
      throw new IOException(
          "%s fails a test here, so no verdict can be trusted: %s%n%s"
              .formatted(REFERENCE, failed.test().sentence(), failed.why()));
    }
  }

  /** A class beside the reference solution must be refused. */
  private void refused(String wall, String attack, String said) throws IOException {
    Mark mark = mark(attack);
    if (mark.state() != State.NOT_GRADABLE || !mark.why().contains(said)) {
      throw down(wall, attack + " got this far: " + mark.state().words() + " " + mark.why());
    }
  }

  private Mark mark(String more) throws IOException {
    Map<String, String> files = new LinkedHashMap<>(new Solutions(exercise).reference());
    files.merge(exercise.about().editable().getFirst(), "\n" + more + "\n", String::concat);
    return grading.mark(
        new HandIn(
            REFERENCE,
            Submission.of(files),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static IOException down(String wall, String how) {
    return new IOException("a wall is down, so nothing is graded: %s: %s".formatted(wall, how));
  }
}
