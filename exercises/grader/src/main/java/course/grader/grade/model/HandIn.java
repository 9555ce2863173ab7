package course.grader.grade.model;

import course.grader.model.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one student handed in, or why that can't be graded. Immutable.
 *
 * @param student as the folder, the archive or the roster has the name: data that may hold anything
 * @param files the files of the exercise; without faults if {@code refusal} is empty
 * @param refusal why there is nothing to grade; empty if there is
 * @param notes what the instructor should know, a sentence each, such as a file that is not taken
 * @param at when it was handed in, if that is known
 * @param lateBy how much later than the deadline that was; zero if in time; empty if one of both is
 *     not known
 */
public record HandIn(
    String student,
    Submission files,
    Optional<Refusal> refusal,
    List<String> notes,
    Optional<Instant> at,
    Optional<Duration> lateBy) {
  /**
   * Why there is nothing to grade.
   *
   * @param state nothing handed in, not gradable, or an error of ours
   * @param why one line: what is wrong, where, and what was found
   */
  public record Refusal(State state, String why) {}
}
