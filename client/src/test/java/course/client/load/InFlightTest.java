package course.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void times_are_found_in_whatever_order_replies_come() {
    var ids = new long[1000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = inFlight.add(i);
    }
    for (int i = ids.length - 1; i >= 0; i--) {
      assertThat(inFlight.remove(ids[i])).isEqualTo(i);
    }
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void a_second_reply_is_not_taken_for_the_first_of_the_next_message() {
    long first = inFlight.add(1);
    inFlight.remove(first);
    inFlight.add(2);
    assertThat(inFlight.remove(first))
        .as("the slot is in use again, but by another message")
        .isEqualTo(InFlight.NONE);
  }

  @Test
  void ids_that_were_never_given_are_unknown() {
    long id = inFlight.add(1);
    assertThat(inFlight.remove(id + 1)).isEqualTo(InFlight.NONE);
    assertThat(inFlight.remove(id + InFlight.MAX)).isEqualTo(InFlight.NONE);
    assertThat(inFlight.remove(InFlight.MAX - 1)).isEqualTo(InFlight.NONE);
    assertThat(inFlight.remove(-1)).isEqualTo(InFlight.NONE);
    assertThat(inFlight.size()).isOne();
  }

  @Test
  void no_id_comes_twice_and_all_have_the_same_number_of_digits() {
    var seen = new HashSet<Long>();
    for (int i = 0; i < 10_000; i++) {
      long id = inFlight.add(i);
      assertThat(seen.add(id)).isTrue();
      assertThat(Long.toHexString(id).length()).isLessThanOrEqualTo(InFlight.ID_DIGITS);
      if (i % 3 != 0) {
        inFlight.remove(id);
      }
    }
  }

  @Test
  void it_is_full_at_its_limit_and_not_before() {
    for (int i = 0; i < InFlight.MAX - 1; i++) {
      inFlight.add(i);
    }
    assertThat(inFlight.isFull()).isFalse();
    inFlight.add(0);
    assertThat(inFlight.isFull()).isTrue();
  }
}
