package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import course.interleave.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntSupplier;

/** Numbers that several threads change. */
@SuppressWarnings({"NonAtomicVolatileUpdate", "SynchronizeOnNonFinalField"})
final class Counting {
  private Counting() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "lost update",
            Counting.class,
            run -> twice(run, new Plain()),
            run -> twice(run, new Synchronised())),
        new Sample(
            "volatile increment",
            Counting.class,
            run -> twice(run, new Volatile()),
            run -> twice(run, new Atomic())),
        new Sample(
            "get, then set",
            Counting.class,
            run -> twice(run, new GetThenSet()),
            run -> twice(run, new Atomic())),
        new Sample(
            "two locks for one field",
            Counting.class,
            run -> twice(run, new TwoLocks(false)),
            run -> twice(run, new TwoLocks(true))),
        new Sample(
            "lock that changes",
            Counting.class,
            run -> thrice(run, new ChangingLock()),
            run -> thrice(run, new Synchronised())),
        new Sample(
            "lost update in an array",
            Counting.class,
            run -> twice(run, new InArray()),
            run -> twice(run, new InAtomicArray())),
        new Sample(
            "lost update in a static field",
            Counting.class,
            run -> {
              InStatic.value = 0; // whoever runs this again starts from nothing
              twice(run, new InStatic());
            },
            run -> {
              InStaticSynchronised.value = 0;
              twice(run, new InStaticSynchronised());
            }),
        new Sample(
            "lost update on virtual threads",
            Counting.class,
            run -> twiceVirtually(new Plain()),
            run -> twiceVirtually(new Synchronised())));
  }

  interface Count extends IntSupplier {
    void increment();
  }

  private static void twice(Run run, Count count) throws InterruptedException {
    run.thread("a", count::increment);
    run.thread("b", count::increment);
    run.join();
    assertEquals(2, count.getAsInt());
  }

  private static void thrice(Run run, Count count) throws InterruptedException {
    run.thread("a", count::increment);
    run.thread("b", count::increment);
    run.thread("c", count::increment);
    run.join();
    assertEquals(3, count.getAsInt());
  }

  private static void twiceVirtually(Count count) throws InterruptedException {
    Thread a = Thread.startVirtualThread(count::increment);
    Thread b = Thread.ofVirtual().start(count::increment);
    a.join();
    b.join();
    assertEquals(2, count.getAsInt());
  }

  static class Plain implements Count {
    int value;

    @Override
    public void increment() {
      value++;
    }

    @Override
    public int getAsInt() {
      return value;
    }
  }

  static class Synchronised extends Plain {
    @Override
    public synchronized void increment() {
      value++;
    }
  }

  static class Volatile implements Count {
    private volatile int value;

    @Override
    public void increment() {
      value++;
    }

    @Override
    public int getAsInt() {
      return value;
    }
  }

  static class Atomic implements Count {
    final AtomicInteger value = new AtomicInteger();

    @Override
    public void increment() {
      value.incrementAndGet();
    }

    @Override
    public int getAsInt() {
      return value.get();
    }
  }

  static class GetThenSet extends Atomic {
    @Override
    public void increment() {
      value.set(value.get() + 1);
    }
  }

  static class TwoLocks extends Plain {
    private final boolean one;

    TwoLocks(boolean one) {
      this.one = one;
    }

    @Override
    public void increment() {
      synchronized (one ? this : Thread.currentThread()) {
        value++;
      }
    }
  }

  static class ChangingLock implements Count {
    private Tally value = new Tally(0);

    record Tally(int number) {}

    @Override
    public void increment() {
      synchronized (value) {
        value = new Tally(value.number() + 1);
      }
    }

    @Override
    public int getAsInt() {
      return value.number();
    }
  }

  static class InArray implements Count {
    private final int[] values = new int[1];

    @Override
    public void increment() {
      values[0] += 1;
    }

    @Override
    public int getAsInt() {
      return values[0];
    }
  }

  static class InAtomicArray implements Count {
    private final AtomicIntegerArray values = new AtomicIntegerArray(1);

    @Override
    public void increment() {
      values.addAndGet(0, 1);
    }

    @Override
    public int getAsInt() {
      return values.get(0);
    }
  }

  static class InStatic implements Count {
    private static int value;

    @Override
    public void increment() {
      value++;
    }

    @Override
    public int getAsInt() {
      return value;
    }
  }

  static class InStaticSynchronised implements Count {
    private static int value;

    @Override
    public void increment() {
      add();
    }

    private static synchronized void add() {
      value++;
    }

    @Override
    public int getAsInt() {
      return value;
    }
  }
}
