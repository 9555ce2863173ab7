package course.grader.watch;

import course.grader.model.Exercise;
import course.grader.model.Submission;
import course.grader.model.Verdict;
import java.time.Duration;
import java.util.List;

/** What the session waits for: each comes from a thread of its own, in a queue. */
sealed interface Event {
  /** The student's files are not what they were. */
  record Saved(Exercise exercise, Submission files) implements Event {}

  /** Another branch was checked out; empty if none is. */
  record Switched(String branch) implements Event {}

  /** A run came to no verdict. */
  record Failed(int run, String why) implements Event {}

  /** So many tests of a run have ended. */
  record Ran(int run, int tests) implements Event {}

  /** All have, or there was no need to run them. */
  record Judged(int run, Verdict verdict, Duration took) implements Event {}

  /** What there is to say of the files besides: a line each, one or more. */
  record Remarked(int run, List<String> remarks) implements Event {}

  /**
   * A key was typed.
   *
   * @param question the number of the question that it may answer, as it was on the screen before
   *     the key was typed; 0 if none was
   */
  record Key(char key, int question) implements Event {}

  /** The terminal has another size. */
  record Resized() implements Event {}
}
