package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README, with what it prints. */
class ExampleTest {
  static class Counter {
    private int value;

    void increment() {
      value++;
    }

    int value() {
      return value;
    }
  }

  void no_increment_is_lost() {
    Interleavings.of(Counter.class)
        .explore(run -> {
          var counter = new Counter();
          run.thread("a", counter::increment);
          run.thread("b", counter::increment);
          run.join();
          assertEquals(2, counter.value());
        });
  }

  @Test
  void the_readme_shows_what_comes_out() throws IOException {
    var error = assertThrows(InterleavingError.class, this::no_increment_is_lost);
    assertThat(Files.readString(Path.of("README.md"))).contains(error.getMessage().strip());
  }
}
