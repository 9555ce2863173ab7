package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import course.interleave.marks.Hooks;
import course.interleave.marks.Marks;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JVM can do with marked code what it does with Java's own. */
@Timeout(60) // bounds a hang
class MarkerTest {
  public static class WithMethod implements Runnable {
    @Override
    public synchronized void run() {}
  }

  public static class WithBlock implements Runnable {
    @Override
    public void run() {
      synchronized (this) {
        // to enter is all that it does
      }
    }
  }

  /** Returns hooks that only note which monitor was entered. */
  private static Hooks noting(CompletableFuture<Object> entered) {
    return (Hooks)
        Proxy.newProxyInstance(
            Hooks.class.getClassLoader(),
            new Class<?>[] {Hooks.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("entered")) {
                entered.complete(arguments[0]);
              }
              return null;
            });
  }

  private static void comesThroughCollection(Class<?> type) throws Exception {
    var settings = new Settings(List.of(type.getName()), List.of());
    var classes = new RunClasses(new CodeUnderTest(settings, MarkerTest.class));
    var entered = new CompletableFuture<Object>();
    classes.loadClass(Marks.class.getName()).getField("hooks").set(null, noting(entered));
    var monitor =
        (Runnable) classes.loadClass(type.getName()).getDeclaredConstructor().newInstance();
    Thread thread;
    synchronized (monitor) {
      thread = Thread.ofVirtual().start(monitor);
      while (thread.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      System.gc();
    }
    thread.join();
    assertThat(entered.join()).isSameAs(monitor);
  }

  /** The collector moves the object. If it overlooks what refers to it, the JVM crashes. */
  @Test
  void garbage_is_collected_while_a_virtual_thread_waits_for_a_monitor() throws Exception {
    comesThroughCollection(WithMethod.class);
    comesThroughCollection(WithBlock.class);
  }
}
