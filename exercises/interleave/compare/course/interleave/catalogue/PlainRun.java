package course.interleave.catalogue;

import course.interleave.Run;
import course.interleave.Scenario;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts threads of the JDK, and leaves it to others who of them goes first. For use by the one
 * thread that runs the scenario.
 */
class PlainRun implements Run {
  private final List<Thread> threads = new ArrayList<>();
  private final List<Carrier> carriers = new ArrayList<>();

  /** Throws what the scenario or a thread of it throws. */
  final void of(Scenario scenario) throws Exception {
    scenario.run(this);
    for (Carrier carrier : carriers) {
      if (carrier.failure != null) {
        throw new AssertionError("a thread failed: " + carrier.failure, carrier.failure);
      }
    }
  }

  @Override
  public Thread thread(String name, Task task) {
    return start(new Thread(carrier(task), name)); // no tester is at its best with virtual ones
  }

  @Override
  public Thread platformThread(String name, Task task) {
    return thread(name, task);
  }

  private Carrier carrier(Task task) {
    var carrier = new Carrier(around(task));
    carriers.add(carrier);
    return carrier;
  }

  private Thread start(Thread thread) {
    threads.add(thread);
    thread.start();
    return thread;
  }

  /** Says what a thread does instead of its task. */
  Task around(Task task) {
    return task;
  }

  @Override
  public void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Keeps what a task threw, for whoever has joined its thread. */
  private static final class Carrier implements Runnable {
    private final Task task;
    private Throwable failure;

    Carrier(Task task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  /** Threads begin together when the scenario joins them, and a millisecond later at the most. */
  static final class Together extends PlainRun {
    private final CountDownLatch joined = new CountDownLatch(1);

    @Override
    Task around(Task task) {
      return () -> {
        // Not without limit: a scenario may need this thread before it joins.
        boolean _ = joined.await(1, TimeUnit.MILLISECONDS);
        task.run();
      };
    }

    @Override
    public void join() throws InterruptedException {
      joined.countDown();
      super.join();
    }
  }

  /**
   * Lets Lincheck see that threads share what a lambda has captured. It can't look into a lambda,
   * takes such objects for those of one thread, and would not interrupt what is done with them.
   */
  static final class Shared extends PlainRun {
    @SuppressWarnings("UnusedVariable") // it is enough that others could read it
    private static volatile Object shared;

    @Override
    Task around(Task task) {
      share(task);
      return task;
    }

    private static void share(Object lambda) {
      try {
        for (Field field : lambda.getClass().getDeclaredFields()) {
          field.setAccessible(true);
          Object captured = field.get(lambda);
          shared = captured;
          if (captured != null && captured.getClass().isHidden()) {
            share(captured);
          }
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a lambda that can't be read: " + lambda, e);
      }
    }
  }
}
