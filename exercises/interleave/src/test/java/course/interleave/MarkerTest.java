package course.interleave;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // bounds a hang
class MarkerTest {
  public static class WithMethod implements Runnable {
    @Override
    public synchronized void run() {
      // to enter is all that it does
    }
  }

  public static class WithBlock implements Runnable {
    @Override
    public void run() {
      synchronized (this) {
        // to enter is all that it does
      }
    }
  }

  /** What the run's thread hands out, and waits for: it passes both as they are. */
  private static void comesThroughCollection(Class<?> type) throws Exception {
    var made = new CompletableFuture<Object[]>();
    var locked = new CompletableFuture<Object>();
    String name = type.getName();
    Thread explores =
        Thread.startVirtualThread(() ->
            Interleavings.of(type)
                .replay("")
                .explore(run -> {
                  Runnable monitor =
                      Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                          .asSubclass(Runnable.class)
                          .getDeclaredConstructor()
                          .newInstance();
                  made.complete(new Object[] {monitor, Thread.currentThread()});
                  while (!locked.isDone()) {
                    Thread.onSpinWait();
                  }
                  monitor.run();
                }));
    Object[] both = made.get(60, TimeUnit.SECONDS);
    synchronized (both[0]) {
      locked.complete(null);
      while (((Thread) both[1]).getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      System.gc();
    }
    explores.join();
  }

  /** The collector moves the object. If it overlooks what refers to it, the JVM crashes. */
  @Test
  void garbage_is_collected_while_a_virtual_thread_waits_for_a_monitor() throws Exception {
    comesThroughCollection(WithMethod.class);
    comesThroughCollection(WithBlock.class);
  }
}
