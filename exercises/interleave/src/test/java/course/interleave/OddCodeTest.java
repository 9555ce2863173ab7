package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code in every form that the language has does under test what it does elsewhere. */
@Timeout(60) // bounds a hang
class OddCodeTest {
  sealed interface Shape permits Circle, Square {
    default String name() {
      return "a " + getClass().getSimpleName() + " of " + size();
    }

    long size();
  }

  record Circle(long radius) implements Shape {
    Circle {
      if (radius < 0) {
        throw new IllegalArgumentException("radius " + radius);
      }
    }

    @Override
    public long size() {
      return radius * radius * 3;
    }
  }

  record Square(long side) implements Shape {
    @Override
    public long size() {
      return side * side;
    }
  }

  enum Level {
    LOW(1) {
      @Override
      double weight() {
        return 0.5;
      }
    },
    HIGH(2);

    private final int number;
    private static final Map<Integer, Level> BY_NUMBER = new ConcurrentHashMap<>();

    static {
      for (Level level : values()) {
        BY_NUMBER.put(level.number, level);
      }
    }

    Level(int number) {
      this.number = number;
    }

    double weight() {
      return 2.5 * number;
    }
  }

  abstract static class Base<T extends Comparable<T>> implements Comparator<T> {
    final List<T> seen = new ArrayList<>();
    private long calls;

    Base(T first) {
      seen.add(first);
    }

    abstract T pick(T one, T other);

    synchronized long calls() {
      return ++calls;
    }
  }

  static class Greatest extends Base<String> {
    private int picks;
    private final long[] lengths = {1, 2, 3};
    private final LongAdder total = new LongAdder();

    Greatest(boolean up, String first) {
      super(up ? first.concat("!") : new StringBuilder(first).reverse().toString());
      picks = seen.size();
    }

    @Override
    public int compare(String one, String other) {
      return one.compareTo(other);
    }

    @Override
    String pick(String one, String other) {
      try {
        picks += 1;
        lengths[picks % lengths.length] += one.length();
        total.add(lengths[0] + (long) (1.5 * picks));
        if (other == null) {
          throw new IllegalStateException(one + picks);
        }
        return compare(one, other) > 0 ? one : other;
      } catch (IllegalStateException e) {
        return "caught " + e.getMessage();
      } finally {
        synchronized (lengths) {
          lengths[0]++;
        }
      }
    }

    class Inner {
      private int mine = picks;

      int sum() {
        class Local {
          int sum(int more) {
            return mine + picks + more;
          }
        }

        return new Local().sum(1);
      }
    }

    static synchronized String describe(Object object) {
      return switch (object) {
        case Circle(long radius) when radius > 10 -> "big circle";
        case Shape shape -> shape.name();
        case String text ->
            switch (text) {
              case "a", "b" -> "letter " + text;
              default -> text.isEmpty() ? "nothing" : "text";
            };
        case Level level ->
            switch (level) {
              case LOW -> "low " + level.weight();
              case HIGH -> "high " + level.weight();
            };
        case null -> "null";
        default -> throw new IllegalArgumentException(object.toString());
      };
    }

    String all() {
      Supplier<String> lambda = () -> seen + " " + picks;
      var words = new LinkedHashMap<String, Integer>();
      for (String word : List.of("x", "y", "x")) {
        words.merge(word, 1, Integer::sum);
      }
      Runnable anonymous =
          new Runnable() {
            private int times;

            @Override
            public void run() {
              times++;
              picks += times;
            }
          };
      anonymous.run();
      return lambda.get() + words + seen.stream().map(s -> s + picks).toList();
    }
  }

  private static String everything() {
    var greatest = new Greatest(true, "first");
    var said = new ArrayList<String>();
    said.add(greatest.pick("a", "b"));
    said.add(greatest.pick("a", null));
    for (Object object :
        new Object[] {new Circle(20), new Circle(2), new Square(3), "a", "", "long", Level.LOW}) {
      said.add(Greatest.describe(object));
    }
    said.add(Greatest.describe(Level.BY_NUMBER.get(2)) + Greatest.describe(null));
    Base<String> base = new Greatest(false, "abc");
    said.add(base.seen + base.pick("q", "p") + base.calls());
    said.add(greatest.all() + greatest.new Inner().sum());
    return String.join("; ", said);
  }

  enum Shelf {
    ONLY;

    @SuppressWarnings("ImmutableEnumChecker") // that is what is tried
    private int books;
  }

  @Test
  void what_a_constant_of_an_enum_keeps_is_new_in_each_run() {
    Interleavings.of(Shelf.class)
        .explore(run -> {
          for (String name : List.of("a", "b")) {
            run.thread(name, () -> Shelf.ONLY.books++).join();
          }
          assertThat(Shelf.ONLY.books).isEqualTo(2);
        });
  }

  @Test
  void does_what_it_always_does() {
    String expected = everything();
    Interleavings.of(OddCodeTest.class.getDeclaredClasses())
        .randomOrders(20)
        .explore(run -> {
          run.thread("a", () -> assertThat(everything()).isEqualTo(expected));
          run.thread("b", () -> assertThat(everything()).isEqualTo(expected));
          run.join();
        });
  }
}
