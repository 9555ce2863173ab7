package course.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values are compared by what they are made of, whatever they say of themselves. */
class ValuesTest {
  record Total(int replied, Map<Integer, Integer> each) {
    @Override
    public boolean equals(Object other) {
      return true;
    }

    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public int replied() {
      return 7;
    }

    @Override
    public String toString() {
      return "all is well";
    }
  }

  @Test
  void numbers_texts_arrays_lists_and_maps_are_the_same_by_content() {
    assertThat(Values.same(null, null)).isTrue();
    assertThat(Values.same(1, 1)).isTrue();
    assertThat(Values.same("a", new String("a"))).isTrue();
    assertThat(Values.same(new byte[] {1, 2}, new byte[] {1, 2})).isTrue();
    assertThat(Values.same(List.of(1, "a"), List.of(1, "a"))).isTrue();
    assertThat(Values.same(Map.of(1, 2), new HashMap<>(Map.of(1, 2)))).isTrue();
    assertThat(Values.same(new Object[] {1, new int[] {2}}, new Object[] {1, new int[] {2}}))
        .isTrue();
  }

  @Test
  void others_are_not() {
    assertThat(Values.same(1, null)).isFalse();
    assertThat(Values.same(null, 1)).isFalse();
    assertThat(Values.same(1, 1L)).isFalse();
    assertThat(Values.same(new byte[] {1, 2}, new byte[] {1, 3})).isFalse();
    assertThat(Values.same(List.of(1), List.of(1, 2))).isFalse();
    assertThat(Values.same(Map.of(1, 2), Map.of(1, 3))).isFalse();
    assertThat(Values.same(Map.of(1, 2), Map.of(2, 2))).isFalse();
    assertThat(Values.same(Map.of(1, 2), Map.of(1, 2, 3, 4))).isFalse();
  }

  @Test
  void a_record_is_its_fields_and_neither_its_equals_nor_its_accessors() {
    var total = new Total(1, Map.of(1, 1));
    assertThat(Values.same(total, new Total(1, Map.of(1, 1)))).isTrue();
    assertThat(Values.same(total, new Total(2, Map.of(1, 1)))).isFalse();
    assertThat(Values.same(total, new Total(1, Map.of(1, 2)))).isFalse();
    assertThat(Show.value(total)).isEqualTo("Total[replied=1, each={1=1}]");
  }

  @Test
  void a_test_may_not_rely_on_any_other_object() {
    var thread = new ThreadLocal<String>();
    assertThatThrownBy(() -> Values.same(thread, new ThreadLocal<String>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ThreadLocal");
  }
}
