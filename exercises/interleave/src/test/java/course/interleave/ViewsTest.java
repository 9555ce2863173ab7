package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who uses a view of a collection uses the collection. */
@Timeout(60) // bounds a hang
@SuppressWarnings({"serial", "ReturnValueIgnored"}) // only the calls matter
class ViewsTest {
  /** One thread changes what the other one looks at through a view. */
  static class Looks {
    static void at(String view, Run run) throws InterruptedException {
      var list = new ArrayList<>(List.of("a", "b", "c"));
      var map = new HashMap<>(Map.of("a", 1));
      var tree = new TreeMap<>(Map.of("a", 1, "b", 2));
      var set = new TreeSet<>(Set.of("a", "b"));
      Run.Task look =
          switch (view) {
            case "values" -> copyOf(map.values());
            case "keySet" -> copyOf(map.keySet());
            case "entrySet" -> copyOf(map.entrySet());
            case "size of the keys" -> map.keySet()::size;
            case "unmodifiableMap" -> copyOf(Collections.unmodifiableMap(map));
            case "keys of an unmodifiableMap" -> copyOf(Collections.unmodifiableMap(map).keySet());
            case "headMap" -> copyOf(tree.headMap("b"));
            case "descendingMap" -> copyOf(tree.descendingMap());
            case "reversed" -> copyOf(list.reversed());
            case "reversed twice" -> copyOf(list.reversed().reversed());
            case "tailSet" -> copyOf(set.tailSet("b"));
            default -> throw new IllegalArgumentException(view);
          };
      run.thread("looks", look);
      run.thread(
          "changes",
          () -> {
            list.add("x");
            map.put("x", 1);
            tree.put("x", 1);
            set.add("x");
          });
      run.join();
    }

    private static Run.Task copyOf(Collection<?> view) {
      return () -> new ArrayList<>(view);
    }

    private static Run.Task copyOf(Map<?, ?> view) {
      return () -> Map.copyOf(view);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "values",
        "keySet",
        "entrySet",
        "size of the keys",
        "unmodifiableMap",
        "keys of an unmodifiableMap",
        "headMap",
        "descendingMap",
        "reversed",
        "reversed twice",
        "tailSet"
      })
  void a_view_must_not_be_used_while_the_collection_changes(String view) {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() -> Interleavings.of(Looks.class).explore(run -> Looks.at(view, run)))
        .withMessageContaining("two threads are in the same ");
  }

  /** Returns copies, where the JDK's map returns views. */
  static class Copying extends HashMap<String, Integer> {
    @Override
    public synchronized Integer put(String key, Integer value) {
      return super.put(key, value);
    }

    @Override
    public synchronized Collection<Integer> values() {
      return new ArrayList<>(super.values());
    }
  }

  @Test
  void a_copy_is_no_view() {
    Exploration exploration =
        Interleavings.of(Copying.class)
            .randomOrders(20)
            .explore(run -> {
              var map = new Copying();
              run.thread("looks", () -> new ArrayList<>(map.values()));
              run.thread("changes", () -> map.put("x", 1));
              run.join();
            });
    assertThat(exploration.complete()).isTrue();
  }

  /** Lets many threads look at what changes. */
  static class Fine {
    static void looks(Run run) throws InterruptedException {
      var map = new ConcurrentHashMap<>(Map.of("a", 1));
      Map<String, Integer> shown = Collections.unmodifiableMap(map);
      run.thread("looks", () -> new ArrayList<>(map.values()));
      run.thread("looks too", () -> new ArrayList<>(shown.keySet()));
      run.thread("changes", () -> map.put("x", 1));
      run.join();
    }
  }

  @Test
  void a_view_of_what_many_may_change_may_be_used_by_many() {
    Exploration exploration = Interleavings.of(Fine.class).randomOrders(20).explore(Fine::looks);
    assertThat(exploration.complete()).isTrue();
  }

  /** Wraps what it is given, whatever that is. */
  static class Wraps {
    private Map<String, Integer> shown = Map.of();

    void replaceBy(Map<String, Integer> next) {
      shown = Collections.unmodifiableMap(next);
    }

    void wrapAgain() {
      shown = Collections.unmodifiableMap(shown);
    }

    int size() {
      return shown.size();
    }

    static int sizeOfPartReversedTwice() {
      List<String> part = new ArrayList<>(List.of("a", "b", "c")).subList(0, 2);
      return part.reversed().reversed().size() + part.size();
    }
  }

  @Test
  void what_is_wrapped_already_may_be_wrapped_again() {
    Interleavings.of(Wraps.class)
        .randomOrders(20)
        .explore(run -> {
          var wraps = new Wraps();
          wraps.replaceBy(new HashMap<>(Map.of("a", 1)));
          run.thread("wraps", wraps::wrapAgain);
          run.thread("looks", () -> assertThat(wraps.size()).isEqualTo(1));
          run.join();
        });
  }

  @Test
  void what_shows_a_part_may_be_reversed_twice() {
    Interleavings.of(Wraps.class)
        .replay("")
        .explore(run -> assertThat(Wraps.sizeOfPartReversedTwice()).isEqualTo(4));
  }
}
