package course.client.tour;

import course.client.observe.Burst;
import course.client.observe.Pattern.AllAtOnce;
import course.client.observe.Pattern.CannotTell;
import course.client.observe.Pattern.OneAtATime;
import course.client.observe.Pattern.SeveralAtATime;
import course.client.observe.Timeline;
import course.client.observe.Timeline.Reply;
import course.client.observe.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the burst showed of one lesson.
 *
 * @param title of the lesson
 * @param verdict on the server's replies
 * @param handlingBegan when the server said that it began with a message, by number, from the
 *     moment when the burst was sent; empty if it doesn't say
 * @param handlers how many handlers it named; 0 if it doesn't say
 */
record LessonRun(
    String title, Verdict verdict, Map<Integer, Duration> handlingBegan, int handlers) {

  /**
   * One message's way through the server.
   *
   * @param number counted from 1
   * @param began when handling began, if that is known
   * @param replied when the reply came, if one came
   */
  record Message(int number, Optional<Duration> began, Optional<Duration> replied) {}

  /**
   * Sends the burst to a server that listens, and ends it.
   *
   * @param patience bounds the wait for each next reply
   * @param onReply told of each reply as it comes, by the calling thread
   * @throws IOException if the server took no connection; whatever happens later is in the verdict
   */
  static LessonRun of(
      String title, ServerProcess server, int messages, Duration patience, Burst.Watcher onReply)
      throws IOException {
    Timeline timeline;
    try (server) {
      timeline = Burst.send(server.address(), messages, patience, onReply);
    }
    var began = new HashMap<Integer, Duration>();
    server
        .handlingBegan()
        .forEach((number, at) -> began.put(number, Duration.ofNanos(at - timeline.sent())));
    return new LessonRun(title, Verdict.of(timeline), began, server.handlers());
  }

  /** The same, with further looks at the order. */
  LessonRun with(List<Timeline> looks) {
    return new LessonRun(title, verdict.with(looks), handlingBegan, handlers);
  }

  /** How many messages were handled at a time, in a word. */
  String atATime() {
    return switch (verdict.pattern()) {
      case OneAtATime _ -> "one";
      case SeveralAtATime several -> Integer.toString(several.atATime());
      case AllAtOnce _ -> "all";
      case CannotTell _ -> "can't tell";
    };
  }

  /** All messages, in the order in which they were sent. */
  List<Message> messages() {
    var replied = new HashMap<Integer, Duration>();
    for (Reply answer : verdict.timeline().answers()) {
      replied.put(answer.message(), answer.at());
    }
    var messages = new ArrayList<Message>();
    for (int number = 1; number <= verdict.timeline().messages(); number++) {
      Optional<Duration> reply = Optional.ofNullable(replied.get(number));
      Optional<Duration> began = Optional.ofNullable(handlingBegan.get(number));
      messages.add(new Message(number, began.map(at -> between(at, reply)), reply));
    }
    return messages;
  }

  /** The server's lines come through a pipe of their own, and may come a little late. */
  private static Duration between(Duration began, Optional<Duration> reply) {
    Duration latest = reply.filter(at -> at.compareTo(began) < 0).orElse(began);
    return latest.isNegative() ? Duration.ZERO : latest;
  }
}
