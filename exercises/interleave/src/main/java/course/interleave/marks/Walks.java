package course.interleave.marks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How the JDK reads a concurrent collection or map: one element after the other, so that changes of
 * other threads come in between. Its package summary calls that <a
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
    return switch (given) {
      case Map<?, ?> map when isConcurrent(map) -> {
        var copy = new LinkedHashMap<Object, Object>();
        walk(map.entrySet(), given, point, entry -> copy.put(entry.getKey(), entry.getValue()));
        yield copy;
      }
      case Collection<?> collection -> walked(collection, point);
      case null, default -> given;
    };
  }

  private static Collection<?> walked(Collection<?> given, int point) {
    if (!isConcurrent(given)) {
      return given;
    }
    var copy = new ArrayList<Object>();
    walk(given, given, point, copy::add);
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

  private static boolean isConcurrent(Object given) {
    return given != null && given.getClass().getName().startsWith(CONCURRENT);
  }

  /** Stands in for {@link Collection#toArray()}. */
  public static Object[] toArray(Collection<?> given, int point) {
    Marks.arrive(given, point);
    return walked(given, point).toArray();
  }

  /** Stands in for {@link Collection#toArray(Object[])}. */
  public static Object[] toArray(Collection<?> given, Object[] array, int point) {
    Marks.arrive(given, point);
    return walked(given, point).toArray(array);
  }

  /** Stands in for {@link Collection#toArray(IntFunction)}. */
  public static Object[] toArray(Collection<?> given, IntFunction<Object[]> generator, int point) {
    Marks.arrive(given, point);
    return walked(given, point).toArray(generator);
  }

  /** Stands in for {@link Collection#stream}: it reads nothing, but its last operation does. */
  public static <E> Stream<E> stream(Collection<E> given, int point) {
    boolean isJdks = given != null && given.getClass().getClassLoader() == null;
    if (!isJdks) { // the code under test can have overridden it
      Marks.arrive(given, point);
      return given.stream();
    }
    boolean keptTogether = !isConcurrent(given) && !isSynchronized(given);
    int points = 1 + (keptTogether ? 0 : MAX_POINTS);
    return StreamSupport.stream(new Reading<>(given, point, points), false);
  }

  /** Its calls are synchronised, but not what a stream of it reads. */
  private static boolean isSynchronized(Object given) {
    return given.getClass().getName().startsWith("java.util.Collections$Synchronized");
  }
}
