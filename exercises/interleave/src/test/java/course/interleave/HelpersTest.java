package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the file of a class that is chosen is under test with it. */
@Timeout(60) // bounds a hang
class HelpersTest {
  @Test
  void a_class_in_the_same_file_has_points() {
    assertThatExceptionOfType(InterleavingError.class)
        .isThrownBy(() ->
            Interleavings.of(Desk.class)
                .explore(run -> {
                  var desk = new Desk();
                  run.thread("a", desk::putOneIn);
                  run.thread("b", desk::putOneIn);
                  run.join();
                  assertThat(desk.sheets()).isEqualTo(2);
                }))
        .withMessageContaining("Drawer.putOneIn");
  }
}
