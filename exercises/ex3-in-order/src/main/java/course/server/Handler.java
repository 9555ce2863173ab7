package course.server;

/** What answers one message. Any number of threads may call it at once. */
@FunctionalInterface
interface Handler {
  /** Returns the reply, after some work; throws an exception if there can be none. */
  String handle(String message) throws Exception;
}
