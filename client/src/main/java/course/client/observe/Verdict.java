package course.client.observe;

import course.client.observe.Pattern.AllAtOnce;
import course.client.observe.Pattern.CannotTell;
import course.client.observe.Pattern.OneAtATime;
import course.client.observe.Pattern.SeveralAtATime;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a burst shows, named, and what further looks at the same server add to it.
 *
 * @param timeline what was seen
 * @param pattern how many messages were handled at a time
 * @param answered how many messages got a reply
 * @param repeated how many replies came for a message that had got its reply already
 * @param wrong replies that answer no message
 * @param inOrder whether the first replies came in the order of their messages
 * @param again what further looks showed: an order that is by chance shows in several looks only
 */
public record Verdict(
    Timeline timeline,
    Pattern pattern,
    int answered,
    int repeated,
    List<Reply> wrong,
    boolean inOrder,
    List<Verdict> again) {

  /** Judges a timeline; a pure function. */
  public static Verdict of(Timeline timeline) {
    return of(timeline, Optional.empty());
  }

  /**
   * Judges a timeline.
   *
   * @param alone how long a message took that was sent when the server was idle, if that is known
   */
  public static Verdict of(Timeline timeline, Optional<Duration> alone) {
    List<Reply> answers = timeline.answers();
    List<Reply> wrong = timeline.replies().stream().filter(r -> r.message() == 0).toList();
    int repeated = timeline.replies().size() - answers.size() - wrong.size();
    List<Integer> order = answers.stream().map(Reply::message).toList();
    boolean inOrder = order.equals(order.stream().sorted().toList());
    return new Verdict(
        timeline, Pattern.of(timeline, alone), answers.size(), repeated, wrong, inOrder, List.of());
  }

  /** The same, with further looks. */
  public Verdict with(List<Timeline> looks) {
    List<Verdict> verdicts = looks.stream().map(Verdict::of).toList();
    return new Verdict(timeline, pattern, answered, repeated, wrong, inOrder, verdicts);
  }

  /** How many messages got no reply, not even a wrong one. */
  public int lost() {
    return Math.max(0, timeline.messages() - answered - wrong.size());
  }

  /** Whether each message got one right reply, and nothing else came. */
  public boolean allWell() {
    return answered == timeline.messages()
        && repeated == 0
        && wrong.isEmpty()
        && timeline.unended().isEmpty()
        && timeline.ending() != Ending.FLOODED
        && again.stream().allMatch(Verdict::allWell);
  }

  /** What there is in place of a reply: which message a wrong one is for, nobody can say. */
  String missing() {
    return wrong.isEmpty() && timeline.unended().isEmpty() ? "no reply" : "no right reply";
  }

  /** Whether the order may be another next time: several messages may have been handled at once. */
  public boolean orderMayVary() {
    return answered >= 2
        && answered == timeline.messages()
        && !(pattern instanceof Pattern.OneAtATime);
  }

  /** The pattern and the order, as one sentence. */
  public String summary() {
    String messages = Words.count(timeline.messages(), "message");
    String took = Words.time(timeline.total());
    String named =
        switch (pattern) {
          case OneAtATime(var each) ->
              "one at a time: %s of %s took %s".formatted(messages, Words.time(each), took);
          case SeveralAtATime(var atATime, var each) ->
              "%d at a time: %s of %s took %s".formatted(atATime, messages, Words.time(each), took);
          case AllAtOnce(_) -> "all at once: %s took %s".formatted(messages, took);
          case CannotTell(var why) -> "can't tell how many at a time: " + why;
        };
    return answered < 2 ? named : named + "; order " + order();
  }

  /**
   * Whether the order was kept: {@code kept} or {@code not kept} where one look tells, and else
   * {@code kept in 1 of 3} looks.
   */
  public String order() {
    if (!orderMayVary()) {
      return inOrder ? "kept" : "not kept";
    }
    long kept = (inOrder ? 1 : 0) + again.stream().filter(Verdict::inOrder).count();
    return "kept in %d of %d".formatted(kept, 1 + again.size());
  }

  /** What went wrong, a sentence each; empty when {@link #allWell}. */
  public List<String> complaints() {
    var complaints = new ArrayList<String>();
    String count =
        "%d of %s answered".formatted(answered, Words.count(timeline.messages(), "message"));
    boolean unended = !timeline.unended().isEmpty() && timeline.ending() != Ending.GONE;
    if (unended) {
      complaints.add(
          "no newline ends the last reply, \"%s\": %s"
              .formatted(Words.printable(timeline.unended()), count));
    } else if (lost() > 0) {
      complaints.add(
          switch (timeline.ending()) {
            case GONE -> "server gone in the middle: it went away with " + count;
            case RESET -> "connection reset by the server with " + count;
            case CLOSED -> "messages lost: the server closed the connection with only " + count;
            case OPEN -> "messages lost: %s, then silence".formatted(count);
            case FLOODED -> "messages lost: " + count;
          });
    }
    if (repeated > 0) {
      complaints.add(
          "replies wrong: some messages were answered again, %d times".formatted(repeated));
    }
    if (!wrong.isEmpty()) {
      complaints.add(
          "replies wrong: %d echoed no message, the first was \"%s\"; %s"
              .formatted(wrong.size(), Words.printable(wrong.getFirst().text()), count));
    }
    if (timeline.ending() == Ending.FLOODED && !unended) {
      complaints.add("the server sent far more than it was asked for; stopped reading");
    }
    for (int look = 0; look < again.size(); look++) {
      for (String complaint : again.get(look).complaints()) {
        complaints.add("in look %d: %s".formatted(look + 2, complaint));
      }
    }
    return complaints;
  }
}
