package course.interleave.explore;

import course.interleave.schedule.Choices;
import course.interleave.schedule.Question;
import course.interleave.schedule.Question.Answer;
import course.interleave.schedule.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that there have been, as a tree of what was asked in them. It tells, without a run,
 * whether a schedule would lead to one of them again. Not thread-safe.
 */
final class Known {
  /** A run that asks more is not kept. */
  private static final int MAXIMUM_QUESTIONS = 2_000;

  private final Node root = new Node();

  private static final class Node {
    private Question question; // null where a run has ended, or none has been yet
    private boolean ended;
    private boolean unsure; // runs differ here, by the clock or the kernel
    private final Map<Integer, Node> next = new HashMap<>();
  }

  boolean has(Schedule schedule) {
    var choices = new Choices(schedule);
    Node node = root;
    while (node != null && !node.unsure && node.question != null) {
      node = node.next.get(choices.answer(node.question));
    }
    return node != null && !node.unsure && node.ended;
  }

  void add(List<Answer> run) {
    if (run.size() > MAXIMUM_QUESTIONS) {
      return;
    }
    Node node = root;
    for (Answer asked : run) {
      if (node.ended || (node.question != null && !node.question.equals(asked.question()))) {
        node.unsure = true;
        return;
      }
      node.question = asked.question();
      Node after = node.next.computeIfAbsent(asked.idle() ? 0 : asked.number(), _ -> new Node());
      if (asked.idle()) {
        node.next.put(asked.number(), after);
      }
      node = after;
    }
    node.ended = true;
    node.unsure |= node.question != null;
  }
}
