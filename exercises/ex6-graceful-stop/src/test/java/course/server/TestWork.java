package course.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Replies to a message with the same text. Messages that are slow take until the test ends them.
 */
final class TestWork implements Work {
  /** The message whose work throws an exception. */
  static final String FAILS = "fails";

  /** Messages that a handler has taken, in that order. */
  final List<String> begun = new CopyOnWriteArrayList<>();

  /** Messages whose handler was interrupted while it worked. */
  final List<String> interrupted = new CopyOnWriteArrayList<>();

  private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> taken = new ConcurrentHashMap<>();

  private String reply; // null: the message; set before any handler starts

  TestWork(String... slowMessages) {
    for (String message : slowMessages) {
      slow.put(message, new CountDownLatch(1));
      taken.put(message, new CountDownLatch(1));
    }
  }

  /** Replies with this text, whatever the message. */
  TestWork replyingWith(String text) {
    reply = text;
    return this;
  }

  @Override
  public String on(String message) throws InterruptedException {
    begun.add(message);
    if (message.equals(FAILS)) {
      throw new IllegalStateException("as it was told to");
    }
    if (slow.containsKey(message)) {
      taken.get(message).countDown();
      try {
        slow.get(message).await();
      } catch (InterruptedException e) {
        interrupted.add(message);
        throw e;
      }
    }
    return reply == null ? message : reply;
  }

  /** Waits until a handler has taken a slow message. */
  void awaitBegun(String message) throws InterruptedException {
    taken.get(message).await();
  }

  /** Lets a slow message be done. */
  void end(String message) {
    slow.get(message).countDown();
  }
}
