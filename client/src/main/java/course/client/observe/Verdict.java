package course.client.observe;

import course.client.observe.Pattern.AllAtOnce;
import course.client.observe.Pattern.CannotTell;
import course.client.observe.Pattern.OneAtATime;
import course.client.observe.Pattern.SeveralAtATime;
import course.client.observe.Timeline.Ending;
import course.client.observe.Timeline.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * What a timeline shows, named.
 *
 * @param timeline what was seen
 * @param pattern how many messages were handled at a time
 * @param answered how many messages got a reply
 * @param repeated how many replies came for a message that had got its reply already
 * @param wrong replies that answer no message
 * @param inOrder whether the first replies came in the order of their messages
 */
public record Verdict(
    Timeline timeline,
    Pattern pattern,
    int answered,
    int repeated,
    List<Reply> wrong,
    boolean inOrder) {

  /** Judges a timeline; a pure function. */
  public static Verdict of(Timeline timeline) {
    List<Reply> answers = timeline.answers();
    List<Reply> wrong = timeline.replies().stream().filter(r -> r.message() == 0).toList();
    int repeated = timeline.replies().size() - answers.size() - wrong.size();
    List<Integer> order = answers.stream().map(Reply::message).toList();
    boolean inOrder = order.equals(order.stream().sorted().toList());
    return new Verdict(timeline, Pattern.of(timeline), answers.size(), repeated, wrong, inOrder);
  }

  /** How many messages got no reply. */
  public int lost() {
    return timeline.messages() - answered;
  }

  /** Whether each message got one right reply, and nothing else came. */
  public boolean allWell() {
    return lost() == 0 && repeated == 0 && wrong.isEmpty() && timeline.ending() != Ending.FLOODED;
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
    return answered < 2 ? named : named + "; " + order();
  }

  /** Whether the order was kept, in two or three words. */
  public String order() {
    return inOrder ? "order kept" : "order not kept";
  }

  /** What went wrong, a sentence each; empty when {@link #allWell}. */
  public List<String> complaints() {
    var complaints = new ArrayList<String>();
    if (lost() > 0) {
      String count =
          "%d of %s answered".formatted(answered, Words.count(timeline.messages(), "message"));
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
          "replies wrong: %d answered no message, the first was \"%s\""
              .formatted(wrong.size(), Words.printable(wrong.getFirst().text())));
    }
    if (timeline.ending() == Ending.FLOODED) {
      complaints.add("the server sent far more than it was asked for; stopped reading");
    }
    return complaints;
  }
}
