package course.grader.watch;

/** Where the session is shown. For one thread. */
interface Screen {
  /** What is new in a view. */
  enum News {
    EXERCISE,
    RUNNING,
    VERDICT,
    /** There is more advice. */
    ADVICE,
    HINT,
    LIST,
    NOTICE,
    /** An answer to the question in the notice is being typed. */
    TYPING,
    SIZE
  }

  void show(View view, News news);
}
