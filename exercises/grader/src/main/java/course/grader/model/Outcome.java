package course.grader.model;

/** What became of a test. */
public enum Outcome {
  PASSED,
  /** It ran, and says what is wrong. */
  FAILED,
  /** A file that a student may change is not there. */
  FILE_MISSING,
  DID_NOT_COMPILE,
  /** It did not end in time. */
  HUNG,
  /** The student's code ended the JVM. */
  EXITED,
  OUT_OF_MEMORY,
  /** It could not be run because others before it took all the time there was. */
  NOT_RUN,
  /** The fault is ours: no mark may be given. */
  GRADER_ERROR
}
