package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Collections, and other objects of the JDK, that several threads use. */
final class Collecting {
  private Collecting() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "unsynchronised list",
            Collecting.class,
            run -> addBoth(run, new Names(new ArrayList<>())),
            run -> addBoth(run, new Names(Collections.synchronizedList(new ArrayList<>())))),
        new Sample(
            "unsynchronised map",
            Collecting.class,
            run -> countWords(run, new Words(new HashMap<>())),
            run -> countWords(run, new Words(new ConcurrentHashMap<>()))),
        new Sample(
            "unsynchronised queue",
            Collecting.class,
            run -> takeOne(run, new Box(new ArrayDeque<>(List.of("only")))),
            run -> takeOne(run, new Box(new ConcurrentLinkedQueue<>(List.of("only"))))),
        new Sample(
            "unsynchronised text",
            Collecting.class,
            run -> appendBoth(run, new Text()),
            run -> appendBoth(run, new GuardedText())),
        new Sample(
            "date format of all threads",
            Collecting.class,
            run -> tellDays(run, new SharedFormat()),
            run -> tellDays(run, new ImmutableFormat())),
        new Sample(
            "empty, then remove",
            Collecting.class,
            run -> takeOne(run, new EmptyThenRemove()),
            run -> takeOne(run, new Box(new ConcurrentLinkedQueue<>(List.of("only"))))));
  }

  private static void addBoth(Run run, Names names) throws InterruptedException {
    run.thread("a", () -> names.add("a"));
    run.thread("b", () -> names.add("b"));
    run.join();
    assertEquals(2, names.size());
  }

  record Names(List<String> names) {
    void add(String name) {
      names.add(name);
    }

    int size() {
      return names.size();
    }
  }

  private static void countWords(Run run, Words words) throws InterruptedException {
    run.thread("a", () -> words.count("x"));
    run.thread("b", () -> words.count("x"));
    run.join();
    assertEquals(2, words.of("x"));
  }

  record Words(Map<String, Integer> counts) {
    void count(String word) {
      counts.merge(word, 1, Integer::sum);
    }

    int of(String word) {
      return counts.getOrDefault(word, 0);
    }
  }

  private static void appendBoth(Run run, Text text) throws InterruptedException {
    run.thread("a", () -> text.add("left"));
    run.thread("b", () -> text.add("right"));
    run.join();
    assertEquals("leftright".length(), text.length());
  }

  static class Text {
    private final StringBuilder text = new StringBuilder();

    void add(String word) {
      text.append(word);
    }

    int length() {
      return text.length();
    }
  }

  static class GuardedText extends Text {
    @Override
    synchronized void add(String word) {
      super.add(word);
    }
  }

  interface Days {
    String of(Instant instant);
  }

  private static void tellDays(Run run, Days days) throws InterruptedException {
    for (String day : List.of("2000-01-01", "2030-12-31")) {
      run.thread(day, () -> assertEquals(day, days.of(Instant.parse(day + "T12:00:00Z"))));
    }
    run.join();
  }

  @SuppressWarnings("SimpleDateFormat") // the bug
  static class SharedFormat implements Days {
    private final SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);

    SharedFormat() {
      format.setTimeZone(TimeZone.getTimeZone("UTC"));
    }

    @Override
    public String of(Instant instant) {
      return format.format(Date.from(instant));
    }
  }

  static class ImmutableFormat implements Days {
    private final DateTimeFormatter format =
        DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    @Override
    public String of(Instant instant) {
      return format.format(instant);
    }
  }

  private static void takeOne(Run run, Box box) throws InterruptedException {
    var taken = new AtomicInteger();
    for (String name : List.of("a", "b")) {
      run.thread(
          name,
          () -> {
            if (box.take() != null) {
              taken.incrementAndGet();
            }
          });
    }
    run.join();
    assertEquals(1, taken.get());
  }

  static class Box {
    private final Queue<String> things;

    Box(Queue<String> things) {
      this.things = things;
    }

    String take() {
      return things.poll();
    }
  }

  static class EmptyThenRemove extends Box {
    private final Queue<String> queue = new ConcurrentLinkedQueue<>(List.of("only"));

    EmptyThenRemove() {
      super(new ConcurrentLinkedQueue<>());
    }

    @Override
    String take() {
      return queue.isEmpty() ? null : queue.remove();
    }
  }
}
