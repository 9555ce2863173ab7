package course.client.observe;

import course.client.observe.Timeline.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many messages of one connection a server handles at a time, as its replies show it. */
public sealed interface Pattern {

  /**
   * A message waits for the one before it.
   *
   * @param each about how long one message takes
   */
  record OneAtATime(Duration each) implements Pattern {}

  /**
   * Replies come in waves.
   *
   * @param atATime messages in a full wave, at least 2
   * @param each about how long one message takes
   */
  record SeveralAtATime(int atATime, Duration each) implements Pattern {}

  /**
   * No message waits for another.
   *
   * @param each about how long one message takes
   */
  record AllAtOnce(Duration each) implements Pattern {}

  /**
   * The replies fit no pattern, or fit several.
   *
   * @param why a clause that a reader can act on
   */
  record CannotTell(String why) implements Pattern {}

  /** With fewer, random times look regular too often. */
  int FEWEST_MESSAGES = 4;

  /** Seconds. Below, a thread switch or a busy machine makes differences as large. */
  double SHORTEST_WORK = 0.020;

  /**
   * Names the pattern. A server that handles N messages at a time, each taking the same time
   * <i>w</i>, replies in waves of N at <i>w</i>, 2<i>w</i>, 3<i>w</i> …, the last of which may be
   * smaller. So: cut the sorted reply times into waves at each gap that is about as long as the
   * first wait, and accept N only if sizes and distances of all waves agree on it. Noise of a fifth
   * of <i>w</i> does no harm; anything less regular is {@link CannotTell}.
   *
   * @param alone how long the reply took to a message that was sent when the server was idle; empty
   *     if that was not tried
   */
  static Pattern of(Timeline timeline, Optional<Duration> alone) {
    int messages = timeline.messages();
    List<Reply> answers = timeline.answers();
    List<Double> times = answers.stream().map(Pattern::seconds).toList();
    if (times.size() < messages) {
      return new CannotTell("not every message was answered");
    }
    if (messages < FEWEST_MESSAGES) {
      return new CannotTell("too few messages to show a pattern; try --messages 8");
    }
    if (times.getFirst() < SHORTEST_WORK && times.getLast() < messages * SHORTEST_WORK) {
      return new CannotTell(
          "the replies came too fast to be told apart; give the server slower work");
    }
    List<DoubleSummaryStatistics> waves = waves(times);
    double each = waves.getLast().getAverage() / waves.size();
    if (times.getFirst() < SHORTEST_WORK || !regular(waves, each, answers)) {
      return new CannotTell("the replies came at irregular times" + lateness(timeline));
    }
    long atATime = waves.getFirst().getCount();
    boolean sameSizes =
        waves.stream().limit(waves.size() - 1).allMatch(wave -> wave.getCount() == atATime);
    if (!sameSizes || waves.getLast().getCount() > atATime) {
      String sizes =
          waves.stream().map(w -> Long.toString(w.getCount())).collect(Collectors.joining(", "));
      return new CannotTell(
          "the replies came in waves of different sizes: " + sizes + lateness(timeline));
    }
    Duration work = Duration.ofNanos((long) (each * 1e9));
    if (waves.size() == 1) {
      return confirmed(work, alone);
    }
    return atATime == 1 ? new OneAtATime(work) : new SeveralAtATime((int) atATime, work);
  }

  private static double seconds(Reply reply) {
    return reply.at().toNanos() / 1e9;
  }

  private static List<DoubleSummaryStatistics> waves(List<Double> times) {
    var waves = new ArrayList<DoubleSummaryStatistics>();
    double before = Double.NEGATIVE_INFINITY;
    for (double time : times) {
      if (time - before > times.getFirst() / 2) {
        waves.add(new DoubleSummaryStatistics());
      }
      waves.getLast().accept(time);
      before = time;
    }
    return waves;
  }

  /** Whether each wave answers earlier messages than the next one. */
  private static boolean inTurn(List<DoubleSummaryStatistics> waves, List<Reply> answers) {
    int count = 0;
    for (DoubleSummaryStatistics wave : waves) {
      count += (int) wave.getCount();
      int last = count;
      if (answers.subList(0, count).stream().anyMatch(answer -> answer.message() > last)) {
        return false;
      }
    }
    return true;
  }

  private static boolean regular(
      List<DoubleSummaryStatistics> waves, double each, List<Reply> answers) {
    // Few messages may look regular by chance. So may one wave and a straggler, and messages in
    // random times that overtake each other. All of those have to fit better.
    double tolerance = answers.size() < 8 ? 0.2 : 0.45;
    double apart = waves.size() == 2 || !inTurn(waves, answers) ? 0.15 : tolerance;
    double before = 0;
    for (DoubleSummaryStatistics wave : waves) {
      double distance = wave.getAverage() - before;
      if (Math.abs(distance - each) > apart * each
          || wave.getMax() - wave.getMin() > tolerance * each) {
        return false;
      }
      before = wave.getAverage();
    }
    return true;
  }

  /** Replies that are held back and sent together look like messages handled together. */
  private static Pattern confirmed(Duration work, Optional<Duration> alone) {
    if (alone.isPresent()) {
      double ratio = (double) work.toNanos() / alone.get().toNanos();
      if (ratio > 1.5 || ratio < 0.5) {
        return new CannotTell(
            "all replies came together after %s, but the reply to a single message takes %s"
                .formatted(Words.time(work), Words.time(alone.get())));
      }
    }
    return new AllAtOnce(work);
  }

  /** What is known of this machine's own part in irregular times. */
  private static String lateness(Timeline timeline) {
    double late = timeline.late().toNanos() / 1e9;
    return late < SHORTEST_WORK
        ? ""
        : "; meanwhile this machine itself was up to %s late"
            .formatted(Words.time(timeline.late()));
  }
}
