package course.interleave.code;

import course.interleave.schedule.Point;
import course.interleave.schedule.Use;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Whether two threads may use an object of the JDK at once, by the words of its documentation: what
 * most collections can't take is a <em>structural</em> change, not a new value in an old place.
 * Thread-safe.
 */
final class Conflicts {
  private final Map<Integer, Call> calls = new ConcurrentHashMap<>(); // by the numbers of points

  /** What a call does to its target. */
  enum Effect {
    READ,
    CHANGE,
    /** Changes it unless the key or element is there. */
    PUT,
    /** Changes it if the key or element is there. */
    REMOVE,
    /** Changes the order of a map that is ordered by access, and nothing else. */
    LOOK_UP
  }

  /**
   * The call at a point.
   *
   * @param methods those of the target that it uses
   */
  private record Call(Effect effect, Set<String> methods) {}

  /**
   * Notes the call at a point.
   *
   * @param methods those of the target that it uses, if the code under test can have overridden
   *     them
   */
  void add(Point point, Effect effect, Set<String> methods) {
    calls.put(point.id(), new Call(effect, methods));
  }

  /** Returns whether two uses of the same object at once go wrong. Runs code under test. */
  boolean conflict(Use one, Use other) {
    return reachesJdk(one) && reachesJdk(other) && (changes(one) || changes(other));
  }

  /** What the code under test has overridden it may have made safe; what that calls has points. */
  private boolean reachesJdk(Use use) {
    Set<String> methods = calls.get(use.point().id()).methods;
    for (Class<?> c = use.target().getClass(); !isJdk(c); c = c.getSuperclass()) {
      if (Stream.of(c.getDeclaredMethods()).map(Method::getName).anyMatch(methods::contains)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // the same class loader
  static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private boolean changes(Use use) {
    Object target = use.target();
    Object element = use.argument();
    try {
      return switch (calls.get(use.point().id()).effect) {
        case READ -> false;
        case CHANGE -> true;
        case PUT -> !canSetInPlace(target) || !contains(target, element) || changesOrder(target);
        case REMOVE -> contains(target, element);
        case LOOK_UP -> contains(target, element) && changesOrder(target);
      };
    } catch (RuntimeException e) {
      return false; // the call will throw it as well
    }
  }

  private static boolean canSetInPlace(Object target) {
    return target instanceof Set || (target instanceof Map && !(target instanceof EnumMap));
  }

  private static boolean contains(Object target, Object element) {
    return target instanceof Map<?, ?> map
        ? map.containsKey(element)
        : target instanceof Collection<?> collection && collection.contains(element);
  }

  /** A copy shows whether a map is ordered by access: then to look up an entry moves it. */
  @SuppressWarnings("ReferenceEquality") // the same key, not an equal one
  private static boolean changesOrder(Object target) {
    if (!(target instanceof LinkedHashMap<?, ?> map) || map.size() < 2) {
      return false;
    }
    var copy = (LinkedHashMap<?, ?>) map.clone();
    Object eldest = copy.firstEntry().getKey();
    copy.get(eldest);
    return copy.firstEntry().getKey() != eldest;
  }
}
