package course.client.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a burst saw: when which reply came. All messages were sent at time zero, in one write.
 *
 * @param messages how many messages were sent; they are numbered from 1
 * @param sent when they were sent, as System.nanoTime
 * @param replies every reply, in the order in which it arrived
 * @param ending how it ended
 * @param unended the beginning of what came after the last line, with no newline to end it; mostly
 *     empty
 * @param late how late this machine was meanwhile, at worst, in waking a thread that slept: each
 *     time above may be wrong by as much
 */
public record Timeline(
    int messages, long sent, List<Reply> replies, Ending ending, String unended, Duration late) {

  /** How a burst ended. */
  public enum Ending {
    /** The server closed the connection. */
    CLOSED,
    /** The connection was still open, and nothing more came. */
    OPEN,
    /** The connection was reset. */
    RESET,
    /** The connection ended too early, and nobody listens at that address any more. */
    GONE,
    /** The server sent far more than it was asked for. */
    FLOODED
  }

  /**
   * One line from the server.
   *
   * @param at time since the burst was sent
   * @param message the number of the message that it answers; 0 if it answers none of them
   * @param text the beginning of the line
   */
  public record Reply(Duration at, int message, String text) {}

  /** Copies the list: a timeline never changes. */
  public Timeline {
    replies = List.copyOf(replies);
  }

  /** A timeline in which only lines came, each on time. */
  public Timeline(int messages, long sent, List<Reply> replies, Ending ending) {
    this(messages, sent, replies, ending, "", Duration.ZERO);
  }

  /** The first reply to each message that was answered, in the order in which they arrived. */
  public List<Reply> answers() {
    var answers = new ArrayList<Reply>();
    var seen = new HashSet<Integer>();
    for (Reply reply : replies) {
      if (reply.message > 0 && seen.add(reply.message)) {
        answers.add(reply);
      }
    }
    return answers;
  }

  /** The time of the last answer; zero if there was none. */
  public Duration total() {
    List<Reply> answers = answers();
    return answers.isEmpty() ? Duration.ZERO : answers.getLast().at;
  }
}
