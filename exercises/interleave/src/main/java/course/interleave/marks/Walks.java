package course.interleave.marks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the JDK reads a concurrent collection or map that a call is given: one element after the
 * other, so that changes of other threads come in between. Its package summary calls that <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/util/concurrent/package-summary.html#Weakly">weakly
 * consistent</a>.
 */
public final class Walks {
  /** Others can come in between so often: with more elements there is nothing new to see. */
  private static final int MAX_POINTS = 4;

  private static final String CONCURRENT = "java.util.concurrent.Concurrent"; // …HashMap, …

  private Walks() {}

  /** Returns what a call is to be given instead: a copy, if it would have been read like that. */
  public static Object walked(Object given, int point) {
    if (given == null || !given.getClass().getName().startsWith(CONCURRENT)) {
      return given;
    }
    if (given instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<Object, Object>();
      walk(map.entrySet(), given, point, entry -> copy.put(entry.getKey(), entry.getValue()));
      return copy;
    }
    var copy = new ArrayList<Object>();
    walk((Collection<?>) given, given, point, copy::add);
    return copy;
  }

  private static <E> void walk(
      Collection<E> elements, Object given, int point, Consumer<? super E> reader) {
    Iterator<E> rest = elements.iterator();
    for (int read = 0; rest.hasNext(); read++) {
      if (read > 0 && read <= MAX_POINTS) {
        Marks.arrive(given, point);
      }
      reader.accept(rest.next());
    }
  }
}
