package course.server;

/** What becomes of a message that is handed off. */
enum Fate {
  NEW_HANDLER,
  FREE_HANDLER,
  OWN_THREAD,
  QUEUED,
  WAITS,
  REFUSED
}
