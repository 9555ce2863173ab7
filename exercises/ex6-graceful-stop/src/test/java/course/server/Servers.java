package course.server;

import course.interleave.Interleavings;
import course.interleave.Scenario;
import course.testkit.Story;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** What the tests do with a server, and say of it. */
final class Servers {
  static final int TOO_LONG = 16 << 20; // bytes of a reply that fits into no buffer

  private static final int TRIPS = 8; // with none, 9 of 80 runs went on too early

  private Servers() {}

  static Server start(int handlers, Work work) throws IOException {
    var server = new Server(0, handlers, work);
    server.start();
    return server;
  }

  static void stop(Server server) throws Exception {
    server.stop();
    allAnswered(server.awaitEnd(never()));
  }

  static void explore(
      Story story, Interleavings where, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, where.arrivals(1).randomOrders(10), scenario);
  }

  /** As {@link #explore}, in one order of steps: for what depends on what a client sends. */
  static void runOnce(
      Story story, Interleavings where, String what, String expectation, Scenario scenario) {
    story.explore(what, expectation, where.replay(""), scenario);
  }

  /** Gives the server time to take what has come, though a thread of it may be held meanwhile. */
  static void timeToRead() throws IOException, InterruptedException {
    RoundTrips.make(TRIPS);
  }

  /** Waits until what was sent is read, and by the clock of the run until nobody can move. */
  static void allIsRead() throws IOException, InterruptedException {
    timeToRead();
    Thread.sleep(1);
  }

  /** A deadline that does not come as long as the test lasts. */
  static Deadline never() {
    return new CountDownLatch(1)::await;
  }

  /** A deadline that passes; who waits for it again waits for ever. */
  static Deadline passes() {
    return new Semaphore(1)::acquire;
  }

  static void allAnswered(boolean all) {
    if (!all) {
      throw new AssertionError("awaitEnd returned false, but nothing was cut off");
    }
  }

  static void notAllAnswered(boolean all) {
    if (all) {
      throw new AssertionError("awaitEnd returned true, but message 1 was cut off");
    }
  }

  static void same(String what, String expected, String seen) {
    if (!seen.equals(expected)) {
      throw new AssertionError(what + " " + shown(seen) + ", not " + shown(expected));
    }
  }

  static String shown(String text) {
    return text.isEmpty() ? "nothing" : '"' + text.replace("\n", "\\n") + '"';
  }
}
