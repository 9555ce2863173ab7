package course.interleave;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends the threads of one run ends none of another: code under test may have kept it. */
@Timeout(60) // bounds a hang
class KeptEndTest {
  private static final String KEY = "course.interleave.kept";

  static class Waiting {
    private boolean open; // guarded by this

    synchronized Object await() throws InterruptedException {
      while (!open) {
        wait();
      }
      return "open";
    }
  }

  @Test
  void thrown_in_a_later_run_it_is_a_failure() {
    Properties shared = System.getProperties(); // the JDK's: each run has the same
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Waiting.class)
                .replay("")
                .explore(run -> {
                  var task = new FutureTask<>(new Waiting()::await); // catches what ends it
                  System.getProperties().put(KEY, task);
                  run.thread("waits", task::run);
                  run.join();
                }));
    var kept = (FutureTask<?>) shared.remove(KEY);
    shared.put(KEY, catchThrowableOfType(ExecutionException.class, kept::get).getCause());
    try {
      assertThatExceptionOfType(InterleavingError.class)
          .isThrownBy(() ->
              Interleavings.of(Waiting.class)
                  .replay("")
                  .explore(run -> {
                    new Waiting();
                    throw (Error) System.getProperties().get(KEY);
                  }))
          .withMessageContaining("a run is over");
    } finally {
      shared.remove(KEY);
    }
  }
}
