package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Tasks in the pool that the whole JVM shares. */
final class Forking {
  private Forking() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "sum of a parallel stream",
            Forking.class,
            _ -> addInParallel(new Sum()),
            _ -> addInParallel(new AtomicSum())),
        new Sample(
            "sum with a task in the background",
            Forking.class,
            _ -> addInBackground(new Sum()),
            _ -> addInBackground(new AtomicSum())));
  }

  private static void addInParallel(Sum sum) {
    IntStream.rangeClosed(1, 4).parallel().forEach(sum::add);
    assertEquals(10, sum.get());
  }

  private static void addInBackground(Sum sum) {
    var other = CompletableFuture.runAsync(() -> sum.add(1));
    sum.add(2);
    other.join();
    assertEquals(3, sum.get());
  }

  static class Sum {
    private int sum;

    void add(int number) {
      sum += number;
    }

    int get() {
      return sum;
    }
  }

  static class AtomicSum extends Sum {
    private final AtomicInteger sum = new AtomicInteger();

    @Override
    void add(int number) {
      sum.addAndGet(number);
    }

    @Override
    int get() {
      return sum.get();
    }
  }
}
