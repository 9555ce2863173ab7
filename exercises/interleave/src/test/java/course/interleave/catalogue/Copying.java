package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Objects of the JDK that can be read or written in parts, but not while they change as a whole.
 */
@SuppressWarnings("serial") // nobody writes them
final class Copying {
  private Copying() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "list that grows to a thread's index",
            Copying.class,
            run -> report(run, new Growing()),
            run -> report(run, new Prepared())),
        new Sample(
            "map that gets a key for each thread",
            Copying.class,
            run -> measure(run, new Lengths(Map.of())),
            run -> measure(run, new Lengths(Map.of("a", 0, "bb", 0)))),
        new Sample(
            "copy made behind the lock",
            Copying.class,
            run -> copy(run, new Scores()),
            run -> copy(run, new LockedScores())),
        new Sample(
            "view of a map that leaves the lock",
            Copying.class,
            run -> list(run, new Places()),
            run -> list(run, new LockedPlaces())),
        new Sample(
            "read lock for a map in the order of access",
            Copying.class,
            run -> lookUp(run, new Recent(false)),
            run -> lookUp(run, new Recent(true))),
        new Sample(
            "list that is extended, and not synchronised",
            Copying.class,
            run -> sign(run, new Guests()),
            run -> sign(run, new GuardedGuests())),
        new Sample(
            "one position in a buffer for all",
            Copying.class,
            run -> readAll(run, new SharedBuffer()),
            run -> readAll(run, new DuplicatedBuffer())));
  }

  private static void report(Run run, Results results) throws InterruptedException {
    run.thread("first", () -> results.set(0, "x"));
    run.thread("second", () -> results.set(1, "y"));
    run.join();
    assertEquals(List.of("x", "y"), results.all());
  }

  interface Results {
    void set(int index, String result);

    List<String> all();
  }

  static class Growing implements Results {
    private final List<String> results = new ArrayList<>();

    @Override
    public void set(int index, String result) {
      while (results.size() <= index) {
        results.add("");
      }
      results.set(index, result);
    }

    @Override
    public List<String> all() {
      return results;
    }
  }

  static class Prepared implements Results {
    private final List<String> results = new ArrayList<>(List.of("", ""));

    @Override
    public void set(int index, String result) {
      results.set(index, result);
    }

    @Override
    public List<String> all() {
      return results;
    }
  }

  private static void measure(Run run, Lengths lengths) throws InterruptedException {
    run.thread("a", () -> lengths.measure("a"));
    run.thread("bb", () -> lengths.measure("bb"));
    run.join();
    assertEquals(Map.of("a", 1, "bb", 2), lengths.lengths);
  }

  static class Lengths {
    private final Map<String, Integer> lengths;

    Lengths(Map<String, Integer> lengths) {
      this.lengths = new HashMap<>(lengths);
    }

    void measure(String word) {
      lengths.put(word, word.length());
    }
  }

  private static void copy(Run run, Scores scores) throws InterruptedException {
    run.thread("scores", () -> scores.put("b", 2));
    run.thread("copies", () -> assertEquals(1, scores.copy().get("a")));
    run.join();
  }

  static class Scores {
    final Map<String, Integer> scores = new HashMap<>(Map.of("a", 1));

    synchronized void put(String name, int score) {
      scores.put(name, score);
    }

    Map<String, Integer> copy() {
      return new HashMap<>(scores);
    }
  }

  static class LockedScores extends Scores {
    @Override
    synchronized Map<String, Integer> copy() {
      return new HashMap<>(scores);
    }
  }

  private static void list(Run run, Places places) throws InterruptedException {
    run.thread("takes", () -> places.take("b"));
    run.thread("lists", () -> assertEquals("a", places.list().getFirst()));
    run.join();
  }

  /** The lock is held while the view is made, and not while it is copied. */
  static class Places {
    private final Map<String, Integer> places = new LinkedHashMap<>(Map.of("a", 1));

    synchronized void take(String name) {
      places.put(name, places.size() + 1);
    }

    private synchronized Collection<String> names() {
      return places.keySet();
    }

    List<String> list() {
      return List.copyOf(names());
    }
  }

  static class LockedPlaces extends Places {
    @Override
    synchronized List<String> list() {
      return super.list();
    }
  }

  private static void lookUp(Run run, Recent recent) throws InterruptedException {
    run.thread("a", () -> assertEquals(1, recent.get("a")));
    run.thread("b", () -> assertEquals(2, recent.get("b")));
    run.join();
  }

  /** To get an entry moves it to the end. */
  static class Recent {
    private final Map<String, Integer> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Lock lock;

    Recent(boolean exclusive) {
      var locks = new ReentrantReadWriteLock();
      lock = exclusive ? locks.writeLock() : locks.readLock();
      entries.put("a", 1);
      entries.put("b", 2);
      entries.put("c", 3);
    }

    Integer get(String key) {
      lock.lock();
      try {
        return entries.get(key);
      } finally {
        lock.unlock();
      }
    }
  }

  private static void sign(Run run, Guests guests) throws InterruptedException {
    run.thread("a", () -> guests.sign("a"));
    run.thread("b", () -> guests.sign("b"));
    run.join();
    assertEquals(2, guests.size());
  }

  static class Guests extends ArrayList<String> {
    void sign(String name) {
      add(name);
    }
  }

  static class GuardedGuests extends Guests {
    @Override
    synchronized void sign(String name) {
      super.sign(name);
    }
  }

  private static void readAll(Run run, Buffer buffer) throws InterruptedException {
    run.thread("a", () -> assertEquals(3, buffer.sum()));
    run.thread("b", () -> assertEquals(3, buffer.sum()));
    run.join();
  }

  interface Buffer {
    int sum();
  }

  static class SharedBuffer implements Buffer {
    private final ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2});

    @Override
    public int sum() {
      int sum = bytes.get() + bytes.get();
      bytes.rewind();
      return sum;
    }
  }

  static class DuplicatedBuffer implements Buffer {
    private final ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2});

    @Override
    public int sum() {
      ByteBuffer own = bytes.duplicate();
      return own.get() + own.get();
    }
  }
}
