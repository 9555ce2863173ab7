package course.client.observe;

import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Timelines as servers would cause them, without a server. */
public final class Timelines {
  private Timelines() {}

  /** How long each message takes, in seconds. */
  public interface Work {
    double next();
  }

  static Work exactly(double seconds) {
    return () -> seconds;
  }

  static Work between(RandomGenerator random, double least, double most) {
    return () -> random.nextDouble(least, most);
  }

  /**
   * What a server shows that handles {@code atATime} messages at a time, first come, first served.
   */
  public static Timeline handled(int messages, int atATime, Work work) {
    var free = new PriorityQueue<>(DoubleStream.generate(() -> 0).limit(atATime).boxed().toList());
    var replies = new ArrayList<Reply>();
    for (int message = 1; message <= messages; message++) {
      double done = free.remove() + work.next();
      free.add(done);
      replies.add(answer(message, done));
    }
    return timeline(messages, replies);
  }

  public static Timeline handled(int messages, int atATime, double seconds) {
    return handled(messages, atATime, exactly(seconds));
  }

  /** The same, but each time is measured wrongly by up to {@code share} of the work. */
  static Timeline measuredWith(RandomGenerator random, double share, int messages, int atATime) {
    Timeline exact = handled(messages, atATime, 1.0);
    return timeline(
        messages,
        exact.replies().stream()
            .map(r -> answer(r.message(), seconds(r) + random.nextDouble(-share, share)))
            .toList());
  }

  public static Timeline timeline(int messages, List<Reply> replies) {
    return new Timeline(
        messages,
        0,
        replies.stream().sorted(Comparator.comparing(Reply::at)).toList(),
        Ending.CLOSED);
  }

  static Reply answer(int message, double seconds) {
    return reply(message, seconds, message + " of …");
  }

  static Reply reply(int message, double seconds, String text) {
    return new Reply(Duration.ofNanos(Math.round(seconds * 1e9)), message, text);
  }

  private static double seconds(Reply reply) {
    return reply.at().toNanos() / 1e9;
  }
}
