package course.grader.watch;

import course.grader.Exercise;
import course.grader.Verdict;
import java.time.Duration;
import java.util.Map;

/** What the session waits for: each comes from a thread of its own, in a queue. */
sealed interface Event {
  /** The student's files are not what they were. */
  record Saved(Exercise exercise, Map<String, String> files) implements Event {}

  /** Another branch was checked out; empty if none is. */
  record Switched(String branch) implements Event {}

  /** Something does not work, but may later. */
  record Trouble(String what) implements Event {}

  /** So many tests of a run have ended. */
  record Ran(int run, int tests) implements Event {}

  /** All have, or there was no need to run them. */
  record Judged(int run, Verdict verdict, Duration took) implements Event {}

  record Key(char key) implements Event {}

  /** The terminal has another size. */
  record Resized() implements Event {}
}
