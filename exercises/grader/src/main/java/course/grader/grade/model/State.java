package course.grader.grade.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What has become of what a student handed in. */
public enum State {
  GRADED("graded"),
  NOTHING_HANDED_IN("nothing handed in"),
  /** Something was handed in, but no test can run on it: the reason says why. */
  NOT_GRADABLE("not gradable"),
  /** The fault is ours, or may be the network's: never a mark. */
  GRADER_ERROR("grader error");

  private final String words;

  State(String words) {
    this.words = words;
  }

  /** Returns what an instructor reads, and programs too. */
  @JsonValue
  public String words() {
    return words;
  }
}
