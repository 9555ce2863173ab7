package course.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares values by what they are made of. A student's class can say of itself that it is equal to
 * anything, so no object is asked that is not the JDK's.
 */
final class Values {
  private Values() {}

  /**
   * Tells whether two values are the same: numbers, texts and the like; arrays, lists, maps and
   * records of such.
   *
   * @throws IllegalArgumentException if what a test expects is none of these
   */
  static boolean same(Object expected, Object seen) {
    if (expected == null || seen == null) {
      return expected == null && seen == null;
    }
    if (expected instanceof List<?> one) {
      return seen instanceof List<?> other && same(one.toArray(), other.toArray());
    }
    if (expected instanceof Map<?, ?> one) {
      return seen instanceof Map<?, ?> other && same(one, new HashMap<>(other));
    }
    if (expected.getClass() != seen.getClass()) {
      return false;
    }
    return switch (expected) {
      case Object[] array -> same(array, (Object[]) seen);
      case Record record -> same(parts(record), parts((Record) seen));
      case Object value when isPlain(value) -> Objects.deepEquals(value, seen);
      default ->
          throw new IllegalArgumentException(
              "a test can't rely on what " + expected.getClass() + " says of itself");
    };
  }

  private static boolean same(Object[] expected, Object[] seen) {
    boolean same = expected.length == seen.length;
    for (int i = 0; same && i < expected.length; i++) {
      same = same(expected[i], seen[i]);
    }
    return same;
  }

  private static boolean same(Map<?, ?> expected, Map<?, ?> seen) {
    return expected.size() == seen.size()
        && expected.entrySet().stream()
            .allMatch(entry ->
                seen.containsKey(entry.getKey())
                    && same(entry.getValue(), seen.get(entry.getKey())));
  }

  /** Arrays of primitive values, and what the JDK has for one value: a number, a text, a time. */
  private static boolean isPlain(Object value) {
    return value.getClass().isArray()
        || (value instanceof Comparable && value.getClass().getClassLoader() == null);
  }

  /** Returns a record's fields: its accessors may say anything. */
  static Object[] parts(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> part(record, component))
        .toArray();
  }

  private static Object part(Record record, RecordComponent component) {
    try {
      Field field = record.getClass().getDeclaredField(component.getName());
      field.setAccessible(true);
      return field.get(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // each record has its fields
    }
  }
}
