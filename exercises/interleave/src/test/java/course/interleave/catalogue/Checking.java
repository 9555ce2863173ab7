package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers that have to meet a condition, whoever changes them. */
@SuppressWarnings("NonAtomicVolatileUpdate")
final class Checking {
  private Checking() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "check, then act, past a maximum",
            Checking.class,
            run -> atMostOne(run, new Seats()),
            run -> atMostOne(run, new AtomicSeats())),
        new Sample(
            "lost maximum",
            Checking.class,
            run -> maximum(run, new Highest()),
            run -> maximum(run, new AtomicHighest())),
        new Sample(
            "torn snapshot",
            Checking.class,
            run -> snapshot(run, new Totals()),
            run -> snapshot(run, new SynchronisedTotals())));
  }

  private static void atMostOne(Run run, Seats seats) throws InterruptedException {
    var taken = new AtomicInteger();
    for (String name : List.of("a", "b", "c")) {
      run.thread(
          name,
          () -> {
            if (seats.take()) {
              taken.incrementAndGet();
            }
          });
    }
    run.join();
    assertEquals(1, taken.get(), "there is one seat");
  }

  static class Seats {
    private volatile int left = 1;

    boolean take() {
      if (left > 0) {
        left--;
        return true;
      }
      return false;
    }
  }

  static class AtomicSeats extends Seats {
    private final AtomicInteger free = new AtomicInteger(1);

    @Override
    boolean take() {
      return free.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private static void maximum(Run run, Highest highest) throws InterruptedException {
    run.thread("low", () -> highest.see(1));
    run.thread("high", () -> highest.see(2));
    run.join();
    assertEquals(2, highest.get());
  }

  static class Highest {
    private volatile int highest;

    void see(int number) {
      if (number > highest) {
        highest = number;
      }
    }

    int get() {
      return highest;
    }
  }

  static class AtomicHighest extends Highest {
    private final AtomicInteger highest = new AtomicInteger();

    @Override
    void see(int number) {
      highest.accumulateAndGet(number, Math::max);
    }

    @Override
    int get() {
      return highest.get();
    }
  }

  private static void snapshot(Run run, Totals totals) throws InterruptedException {
    run.thread("adds", () -> totals.add(7));
    run.thread(
        "reads",
        () -> {
          Snapshot seen = totals.snapshot();
          assertEquals(7 * seen.count(), seen.sum());
        });
    run.join();
  }

  record Snapshot(int count, int sum) {}

  static class Totals {
    private volatile int count;
    private volatile int sum;

    void add(int number) {
      count++;
      sum += number;
    }

    Snapshot snapshot() {
      return new Snapshot(count, sum);
    }
  }

  static class SynchronisedTotals extends Totals {
    @Override
    synchronized void add(int number) {
      super.add(number);
    }

    @Override
    synchronized Snapshot snapshot() {
      return super.snapshot();
    }
  }
}
