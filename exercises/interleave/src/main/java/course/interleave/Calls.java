package course.interleave;

import course.interleave.schedule.Action;
import java.io.Closeable;
import java.io.PrintStream;
import java.nio.Buffer;
import java.security.MessageDigest;
import java.text.Format;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.Vector;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/** Which calls into the JDK are actions by which threads meet. */
final class Calls {
  private static final Set<String> WAITS = Set.of("wait", "notify", "notifyAll");
  private static final Set<String> THREAD =
      Set.of(
          "start",
          "join",
          "interrupt",
          "interrupted",
          "isInterrupted",
          "isAlive",
          "getState",
          "sleep",
          "startVirtualThread");
  private static final Set<String> YIELDS = Set.of("yield", "onSpinWait");

  /** How the names of methods begin that change a collection, or what else is below. */
  private static final List<String> CHANGES =
      List.of(
          "add", "append", "clear", "compact", "compute", "delete", "digest", "flip", "format",
          "insert", "merge", "offer", "parse", "poll", "pop", "push", "put", "remove", "replace",
          "retain", "reverse", "rewind", "roll", "set", "sort", "update");

  private static final List<Class<?>> SHARED =
      List.of(
          Collection.class,
          Map.class,
          Map.Entry.class,
          Iterator.class,
          Enumeration.class,
          BitSet.class,
          Arrays.class,
          Collections.class,
          Appendable.class,
          Timer.class,
          Closeable.class);

  /** Shared as well, and not made for two threads at once, as most collections are not. */
  private static final List<Class<?>> UNSYNCHRONISED =
      List.of(StringBuilder.class, Buffer.class, Format.class, Calendar.class, MessageDigest.class);

  private Calls() {}

  /** Returns what action a call is, if it is one. */
  static Optional<Action> action(Class<?> owner, String method, boolean isStatic) {
    if (WAITS.contains(method) && !isStatic) {
      return Optional.of(method.equals("wait") ? Action.WAIT : Action.NOTIFY);
    }
    if (Thread.class.isAssignableFrom(owner)
        || owner.getEnclosingClass() == Thread.class
        || owner.getName().startsWith("java.lang.Thread$Builder")) {
      return YIELDS.contains(method)
          ? Optional.of(Action.YIELD)
          : THREAD.contains(method) ? Optional.of(Action.CALL) : Optional.empty();
    }
    if (method.equals("<init>")) {
      // Making an object is no meeting, but for a socket that connects.
      boolean connects = owner.getPackageName().equals("java.net");
      return connects && Closeable.class.isAssignableFrom(owner)
          ? Optional.of(Action.MAKE)
          : Optional.empty();
    }
    String type = owner.getName();
    if (type.startsWith("java.util.concurrent.")) {
      boolean waits = !type.endsWith(".TimeUnit") || method.equals("sleep");
      return waits && !type.endsWith(".Executors") && !type.endsWith(".ThreadLocalRandom")
          ? Optional.of(concurrent(owner, method))
          : Optional.empty();
    }
    if (type.equals("java.lang.invoke.VarHandle")) {
      return Optional.of(Action.CALL);
    }
    boolean makesImmutable = isStatic && owner.isInterface();
    boolean shared = isOneOf(SHARED, owner) || isOneOf(UNSYNCHRONISED, owner);
    if (!shared || makesImmutable || PrintStream.class.isAssignableFrom(owner)) {
      return Optional.empty();
    }
    boolean changes = !isStatic && CHANGES.stream().anyMatch(method::startsWith);
    return Optional.of(changes ? Action.CHANGE : Action.CALL);
  }

  private static Action concurrent(Class<?> owner, String method) {
    if (Lock.class.isAssignableFrom(owner) && method.equals("lock")) {
      return Action.LOCK;
    }
    if (owner == LockSupport.class && method.startsWith("park")) {
      return Action.PARK;
    }
    return method.equals("unlock") ? Action.UNLOCK : Action.CALL;
  }

  /** Returns whether by this call a thread gives a lock away, until another wakes it. */
  static boolean isWait(Class<?> owner, String method) {
    return method.equals("wait")
        || (Condition.class.isAssignableFrom(owner)
            && (method.equals("await") || method.equals("awaitNanos")));
  }

  /** Returns whether by this call a thread wakes others that wait in such a way. */
  static boolean isWakeUp(Class<?> owner, String method) {
    return method.equals("notify")
        || method.equals("notifyAll")
        || (Condition.class.isAssignableFrom(owner) && method.startsWith("signal"));
  }

  static boolean makesCondition(Class<?> owner, String method) {
    return Lock.class.isAssignableFrom(owner) && method.equals("newCondition");
  }

  /**
   * Returns whether an object of the JDK is one that two threads must not use at once if one of
   * them changes it.
   */
  static boolean unsynchronised(Object target) {
    boolean collection =
        target instanceof Collection || target instanceof Map || target instanceof BitSet;
    if (!collection) {
      return target != null && isOneOf(UNSYNCHRONISED, target.getClass());
    }
    String type = target.getClass().getName();
    return target.getClass().getPackageName().equals("java.util")
        && !type.startsWith("java.util.Collections$")
        && !type.startsWith("java.util.ImmutableCollections$")
        && !(target instanceof Vector)
        && !(target instanceof Hashtable);
  }

  private static boolean isOneOf(List<Class<?>> types, Class<?> type) {
    return types.stream().anyMatch(t -> t.isAssignableFrom(type));
  }
}
