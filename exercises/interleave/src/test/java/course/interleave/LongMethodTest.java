package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With its marks a method may get longer than 64 KB: then it is left as it is, and it alone. */
@Timeout(60) // bounds a hang
class LongMethodTest {
  static class Counter {
    private static int often;
    private int value;

    void increment() {
      value++;
    }

    /** Java's compiler writes twice what stands in a finally: that makes 4,096 increments here. */
    static int incrementOften() {
      int passes = 0;
      try {
        passes++;
      } finally {
        try {
          passes++;
        } finally {
          try {
            passes++;
          } finally {
            try {
              passes++;
            } finally {
              try {
                passes++;
              } finally {
                try {
                  passes++;
                } finally {
                  try {
                    passes++;
                  } finally {
                    try {
                      passes++;
                    } finally {
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                      often++;
                    }
                  }
                }
              }
            }
          }
        }
      }
      return passes + often;
    }
  }

  @Test
  void the_other_methods_of_its_class_have_points() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Counter.class)
                .explore(run -> {
                  var counter = new Counter();
                  run.thread("a", counter::increment);
                  run.thread("b", counter::increment);
                  run.join();
                  assertThat(counter.value).isEqualTo(2);
                }));
  }

  @Test
  void it_is_named() {
    Exploration exploration =
        Interleavings.of(Counter.class)
            .explore(run -> {
              var counter = new Counter();
              counter.increment();
              assertThat(Counter.incrementOften()).isEqualTo(8 + 16);
            });
    assertThat(exploration.unmarked())
        .contains("LongMethodTest$Counter=incrementOften is too long")
        .doesNotContain("increment,");
  }

  @Test
  void who_uses_nothing_else_is_told_why_nothing_was_tested() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Interleavings.of(Counter.class).explore(run -> Counter.incrementOften()))
        .withMessageContaining(
            "incrementOften is too long: with marks a method has more than 64 KB")
        .withMessageNotContaining("name the classes");
  }
}
