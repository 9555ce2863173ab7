package course.client;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What one client has sent and what has come back. Replies may come in any order, so each is looked
 * up among the messages that wait for one.
 *
 * <p>Thread-safe: the sender, the receiver and whoever prints the count share it, under its lock.
 */
final class Tally {
  /** The counts at one moment, fit to be added up. */
  record Count(long sent, long answered, long wrong, long total) {
    static final Count NONE = new Count(0, 0, 0, 0);

    Count plus(Count other) {
      return new Count(
          sent + other.sent, answered + other.answered, wrong + other.wrong, total + other.total);
    }

    @Override
    public String toString() {
      return answered + " of " + total + " messages were answered";
    }
  }

  static final long UNKNOWN = -1;

  // All guarded by this.
  private final Map<String, Integer> waiting = new HashMap<>(); // how often each waits
  private long sent;
  private long answered;
  private long wrong;
  private long total;

  /**
   * @param total how many messages there will be, or {@link #UNKNOWN} until {@link #noMore}
   */
  Tally(long total) {
    this.total = total;
  }

  /** Call this before the message is sent, as its reply may be here before the send returns. */
  synchronized void sending(byte[] message) {
    sent++;
    waiting.merge(key(message), 1, Integer::sum);
  }

  /** The sender has come to the end of its messages, and has sent them all. */
  synchronized void noMore() {
    total = sent;
  }

  /**
   * Looks a reply up.
   *
   * @return whether it was the reply to a message that waited for one
   */
  synchronized boolean received(byte[] reply) {
    var key = key(reply);
    if (!waiting.containsKey(key)) {
      wrong++;
      return false;
    }
    waiting.computeIfPresent(key, (_, times) -> times == 1 ? null : times - 1);
    answered++;
    return true;
  }

  /** Whether every message that there will ever be was answered. */
  synchronized boolean complete() {
    return answered == total;
  }

  synchronized Count count() {
    return new Count(sent, answered, wrong, total == UNKNOWN ? sent : total);
  }

  /** Latin-1 keeps any bytes; a carriage return at the end belongs to the line ending. */
  private static String key(byte[] line) {
    int length = line.length;
    while (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }
}
