package course.interleave.marks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

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
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      while (entries.hasNext()) {
        arriveBetween(copy.size(), given, point);
        Map.Entry<?, ?> entry = entries.next();
        copy.put(entry.getKey(), entry.getValue());
      }
      return copy;
    }
    var copy = new ArrayList<Object>();
    Iterator<?> elements = ((Collection<?>) given).iterator();
    while (elements.hasNext()) {
      arriveBetween(copy.size(), given, point);
      copy.add(elements.next());
    }
    return copy;
  }

  private static void arriveBetween(int read, Object given, int point) {
    if (read > 0 && read <= MAX_POINTS) {
      Marks.arrive(given, point);
    }
  }
}
