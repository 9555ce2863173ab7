package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which two calls on one object of the JDK go wrong at once, and which do not. */
@Timeout(60) // bounds a hang
@SuppressWarnings({"serial", "ReturnValueIgnored"}) // only the calls matter
class ConflictsTest {
  record Pair(Run.Task one, Run.Task other) {}

  /** Pairs that two threads may do at once. */
  static class Fine {
    static Pair pair(String name) {
      List<String> list = new ArrayList<>(List.of("a", "b"));
      List<String> fixed = Arrays.asList("a", "b");
      Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
      var tree = new TreeMap<>(map);
      var linked = new LinkedHashMap<>(map);
      var properties = new Properties();
      var random = new Random(1);
      Set<String> set = new HashSet<>(List.of("a", "b"));
      ByteBuffer buffer = ByteBuffer.allocate(8);
      var names = new SafeNames();
      var ring = new Ring();
      return switch (name) {
        case "set elements of a list" -> new Pair(() -> list.set(0, "x"), () -> list.set(1, "y"));
        case "set elements of a list of fixed size" ->
            new Pair(() -> fixed.set(0, "x"), () -> fixed.set(1, "y"));
        case "swap elements" ->
            new Pair(() -> Collections.swap(list, 0, 0), () -> Collections.swap(list, 1, 1));
        case "put to keys that are there" -> new Pair(() -> map.put("a", 3), () -> map.put("b", 4));
        case "merge into keys that are there" ->
            new Pair(() -> map.merge("a", 1, Integer::sum), () -> map.merge("b", 1, Integer::sum));
        case "replace and get" -> new Pair(() -> map.replace("a", 3), () -> map.get("b"));
        case "put to keys that are there in a tree" ->
            new Pair(() -> tree.put("a", 3), () -> tree.put("b", 4));
        case "get from a map in the order of its making" ->
            new Pair(() -> linked.get("a"), () -> linked.put("b", 4));
        case "look up keys with an equals under test" -> {
          Map<Key, Integer> keys = new HashMap<>(Map.of(new Key("a"), 1, new Key("b"), 2));
          yield new Pair(() -> keys.put(new Key("a"), 3), () -> keys.put(new Key("b"), 4));
        }
        case "add what a set has" -> new Pair(() -> set.add("a"), () -> set.add("b"));
        case "remove what a set has not" ->
            new Pair(() -> set.remove("x"), () -> set.contains("a"));
        case "get at an index of a buffer" -> new Pair(() -> buffer.getInt(0), () -> buffer.get(4));
        case "put at an index of a buffer" ->
            new Pair(() -> buffer.putInt(0, 1), () -> buffer.put(4, (byte) 1));
        case "properties" ->
            new Pair(() -> properties.put("a", "x"), () -> properties.put("b", "y"));
        case "random numbers" -> new Pair(random::nextInt, random::nextInt);
        case "a collection that locks in what it overrides" ->
            new Pair(() -> ((List<String>) names).add("x"), () -> ((List<String>) names).add("y"));
        case "a collection of the code's own" -> new Pair(() -> ring.add("x"), () -> ring.add("y"));
        default -> throw new IllegalArgumentException(name);
      };
    }
  }

  /** Its points are none while the tester looks for it. */
  static final class Key {
    private String name;

    Key(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && name.equals(key.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  static class SafeNames extends ArrayList<String> {
    @Override
    public synchronized boolean add(String name) {
      return super.add(name);
    }
  }

  static class Ring extends AbstractQueue<String> {
    private final String[] items = new String[4];
    private int size;

    @Override
    public synchronized boolean offer(String item) {
      items[size++] = item;
      return true;
    }

    @Override
    public synchronized String poll() {
      return size == 0 ? null : items[--size];
    }

    @Override
    public synchronized String peek() {
      return size == 0 ? null : items[size - 1];
    }

    @Override
    public synchronized Iterator<String> iterator() {
      return List.of(items).iterator();
    }

    @Override
    public synchronized int size() {
      return size;
    }
  }

  /** Pairs of which one changes what the other uses. */
  static class Wrong {
    static Pair pair(String name) {
      List<String> list = new ArrayList<>(List.of("a", "b"));
      Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
      Set<String> set = new HashSet<>(List.of("a", "b"));
      ByteBuffer buffer = ByteBuffer.allocate(8);
      var names = new Names();
      return switch (name) {
        case "add to a list, set an element" ->
            new Pair(() -> list.add("x"), () -> list.set(0, "y"));
        case "sort a list" -> new Pair(() -> list.sort(null), () -> list.get(0));
        case "put to a new key" -> new Pair(() -> map.put("x", 3), () -> map.put("b", 4));
        case "merge into a new key" ->
            new Pair(() -> map.merge("x", 1, Integer::sum), () -> map.get("b"));
        case "remove a key that is there" -> new Pair(() -> map.remove("a"), () -> map.get("b"));
        case "put to a map of constants" -> {
          var units = new EnumMap<TimeUnit, Integer>(Map.of(TimeUnit.DAYS, 1, TimeUnit.HOURS, 2));
          yield new Pair(() -> units.put(TimeUnit.DAYS, 3), () -> units.put(TimeUnit.HOURS, 4));
        }
        case "get from a map in the order of access" -> {
          var lru = new LinkedHashMap<String, Integer>(16, 0.75f, true);
          lru.putAll(map);
          yield new Pair(() -> lru.get("a"), () -> lru.get("b"));
        }
        case "look up keys with an equals under test" -> {
          Map<Key, Integer> keys = new HashMap<>(Map.of(new Key("a"), 1));
          yield new Pair(() -> keys.put(new Key("a"), 3), () -> keys.put(new Key("b"), 4));
        }
        case "add what a set has not" -> new Pair(() -> set.add("x"), () -> set.contains("b"));
        case "poll a queue" -> {
          var queue = new ArrayDeque<>(list);
          yield new Pair(() -> queue.peek(), () -> queue.poll());
        }
        case "set bits" -> {
          var bits = new BitSet();
          yield new Pair(() -> bits.set(0), () -> bits.set(1));
        }
        case "get what comes next in a buffer" ->
            new Pair(() -> buffer.getInt(0), () -> buffer.get());
        case "put what comes next in a buffer" ->
            new Pair(() -> buffer.putInt(1), () -> buffer.putInt(0, 1));
        case "next of one iterator" -> {
          Iterator<String> iterator = list.iterator();
          yield new Pair(() -> iterator.next(), () -> iterator.next());
        }
        case "next of one tokenizer" -> {
          var tokens = new StringTokenizer("a b c");
          yield new Pair(() -> tokens.nextToken(), () -> tokens.nextToken());
        }
        case "find with one matcher" -> {
          Matcher matcher = Pattern.compile("[ab]").matcher("ab");
          yield new Pair(() -> matcher.find(), () -> matcher.find());
        }
        case "numbers of one splittable random" -> {
          var random = new SplittableRandom(1);
          yield new Pair(() -> random.nextInt(), () -> random.nextInt());
        }
        case "one checksum" -> {
          var sum = new CRC32();
          yield new Pair(() -> sum.update(1), () -> sum.getValue());
        }
        case "one statistic" -> {
          var statistic = new IntSummaryStatistics();
          yield new Pair(() -> statistic.accept(1), () -> statistic.getMax());
        }
        case "a collection of the code's own that is a list" ->
            new Pair(() -> names.addName("x"), () -> names.addName("y"));
        case "a collection of the code's own that overrides nothing" ->
            new Pair(() -> ((List<String>) names).remove("x"), () -> names.add("y"));
        default -> throw new IllegalArgumentException(name);
      };
    }
  }

  static class Names extends ArrayList<String> {
    Names() {
      super(List.of("x"));
    }

    void addName(String name) {
      super.add(name);
    }
  }

  private static void both(Run run, Pair pair) throws InterruptedException {
    run.thread("one", pair.one);
    run.thread("other", pair.other);
    run.join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set elements of a list",
        "set elements of a list of fixed size",
        "swap elements",
        "put to keys that are there",
        "merge into keys that are there",
        "replace and get",
        "put to keys that are there in a tree",
        "get from a map in the order of its making",
        "look up keys with an equals under test",
        "add what a set has",
        "remove what a set has not",
        "get at an index of a buffer",
        "put at an index of a buffer",
        "properties",
        "random numbers",
        "a collection that locks in what it overrides",
        "a collection of the code's own"
      })
  void two_threads_may(String what) {
    Exploration exploration =
        Interleavings.of(Fine.class, Key.class, SafeNames.class, Ring.class)
            .randomOrders(20)
            .explore(run -> both(run, Fine.pair(what)));
    assertThat(exploration.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add to a list, set an element",
        "sort a list",
        "put to a new key",
        "merge into a new key",
        "remove a key that is there",
        "put to a map of constants",
        "get from a map in the order of access",
        "look up keys with an equals under test",
        "add what a set has not",
        "poll a queue",
        "set bits",
        "get what comes next in a buffer",
        "put what comes next in a buffer",
        "next of one iterator",
        "next of one tokenizer",
        "find with one matcher",
        "numbers of one splittable random",
        "one checksum",
        "one statistic",
        "a collection of the code's own that is a list",
        "a collection of the code's own that overrides nothing"
      })
  void two_threads_must_not(String what) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Wrong.class, Key.class, Names.class)
                .explore(run -> both(run, Wrong.pair(what))))
        .withMessageContaining("two threads are in the same ");
  }
}
