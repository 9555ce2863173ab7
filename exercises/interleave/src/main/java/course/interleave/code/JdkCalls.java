package course.interleave.code;

import course.interleave.marks.Marks;
import course.interleave.marks.Times;
import course.interleave.schedule.Action;
import java.nio.Buffer;
import java.security.MessageDigest;
import java.text.Format;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;

/** The table of the JDK's calls: which are points, and which {@link Marks} makes instead. */
public final class JdkCalls {
  /**
   * The first row that fits a call decides. A row has a type, with all that is derived from it, or
   * a package; what the call is as a point, if it is one; who makes it; and the methods' names, or
   * with a * how they begin. The code makes it as it is written; or {@link Marks}, by a method of
   * the same name and with the target as its first parameter; MARKS_AT: and as its last the point
   * at which the thread takes its lock back; or {@link Times} does, TIME_AT: if the call takes a
   * time, and with its point as the last.
   */
  private static final List<Row> ROWS =
      """
      java.lang.Object                        WAIT   MARKS_AT wait
      java.lang.Object                        NOTIFY MARKS    notify notifyAll
      java.lang.Thread                        YIELD  CODE     yield onSpinWait
      java.lang.Thread                        CALL   MARKS    start startVirtualThread
      java.lang.Thread                        CALL   TIME_AT  join sleep
      java.lang.Thread                        CALL   CODE     join sleep interrupt* isInterrupted
      java.lang.Thread                        CALL   CODE     isAlive getState
      java.lang.Thread                        NONE   CODE     *
      java.lang.Thread$Builder                CALL   MARKS    start
      java.net.Socket                         MAKE   CODE     <init>
      java.net.ServerSocket                   MAKE   CODE     <init>
      java.net.DatagramSocket                 MAKE   CODE     <init>
      java.lang.Object                        NONE   CODE     <init>
      java.lang.System                        NONE   TIME     nanoTime currentTimeMillis
      java.time.Instant                       NONE   TIME     now
      java.time.Clock                         NONE   TIME     systemUTC systemDefaultZone system
      java.util.concurrent.TimeUnit           CALL   TIME_AT  sleep
      java.util.concurrent.TimeUnit           NONE   CODE     *
      java.util.concurrent.ThreadLocalRandom  NONE   CODE     *
      java.util.concurrent.Executors          NONE   MARKS    newVirtualThreadPerTaskExecutor
      java.util.concurrent.Executors          NONE   CODE     *
      java.util.concurrent.locks.Lock         LOCK   CODE     lock
      java.util.concurrent.locks.Lock         UNLOCK CODE     unlock
      java.util.concurrent.locks.Lock         CALL   MARKS    newCondition
      java.util.concurrent.locks.Lock         CALL   TIME_AT  tryLock
      java.util.concurrent.locks.StampedLock  UNLOCK CODE     unlock
      java.util.concurrent.locks.Condition    CALL   MARKS_AT await awaitNanos awaitUntil
      java.util.concurrent.locks.Condition    CALL   MARKS    signal signalAll
      java.util.concurrent.locks.LockSupport  CALL   MARKS    unpark
      java.util.concurrent.locks.LockSupport  PARK   TIME_AT  parkNanos parkUntil
      java.util.concurrent.locks.LockSupport  PARK   CODE     park*
      java.util.concurrent.BlockingDeque      CALL   TIME_AT  pollFirst pollLast offerFirst offerLast
      java.util.concurrent.BlockingQueue      CALL   TIME_AT  poll offer
      java.util.concurrent.TransferQueue      CALL   TIME_AT  tryTransfer
      java.util.concurrent.Semaphore          CALL   TIME_AT  tryAcquire
      java.util.concurrent.CountDownLatch     CALL   TIME_AT  await
      java.util.concurrent.CyclicBarrier      CALL   TIME_AT  await
      java.util.concurrent.Exchanger          CALL   TIME_AT  exchange
      java.util.concurrent.Phaser             CALL   TIME_AT  awaitAdvanceInterruptibly
      java.util.concurrent.Future             CALL   TIME_AT  get
      java.util.concurrent.ExecutorService    CALL   TIME_AT  awaitTermination
      java.util.concurrent.*                  CALL   CODE     *
      java.lang.invoke.VarHandle              CALL   CODE     *
      java.io.PrintStream                     NONE   CODE     *
      java.util.Collection                    NONE   CODE     of copyOf
      java.util.Map                           NONE   CODE     of ofEntries entry copyOf
      java.util.Map$Entry                     NONE   CODE     comparing* copyOf
      java.util.Arrays                        CALL   CODE     *
      java.util.Collections                   CALL   CODE     *
      java.util.Collection                    CHANGE CODE     CHANGES
      java.util.Collection                    CALL   CODE     *
      java.util.Map                           CHANGE CODE     CHANGES
      java.util.Map                           CALL   CODE     *
      java.util.Map$Entry                     CHANGE CODE     setValue
      java.util.Map$Entry                     CALL   CODE     *
      java.util.Iterator                      CHANGE CODE     remove add set
      java.util.Iterator                      CALL   CODE     *
      java.util.Enumeration                   CALL   CODE     *
      java.util.BitSet                        CHANGE CODE     CHANGES
      java.util.BitSet                        CALL   CODE     *
      java.util.Timer                         CALL   CODE     *
      java.util.Calendar                      CHANGE CODE     CHANGES
      java.util.Calendar                      CALL   CODE     *
      java.text.Format                        CHANGE CODE     CHANGES
      java.text.Format                        CALL   CODE     *
      java.nio.Buffer                         CHANGE CODE     CHANGES
      java.nio.Buffer                         CALL   CODE     *
      java.security.MessageDigest             CHANGE CODE     CHANGES
      java.security.MessageDigest             CALL   CODE     *
      java.lang.Appendable                    CHANGE CODE     CHANGES
      java.lang.Appendable                    CALL   CODE     *
      java.io.Closeable                       CHANGE CODE     CHANGES
      java.io.Closeable                       CALL   CODE     *
      """
          .replace(
              "CHANGES",
              "add* append* clear* compact* compute* delete* digest* flip* format* insert* merge*"
                  + " offer* parse* poll* pop* push* put* remove* replace* retain* reverse* rewind*"
                  + " roll* set* sort* update*")
          .lines()
          .map(Row::of)
          .toList();

  /** Not made for two threads at once if one of them changes it, as most collections are not. */
  private static final List<Class<?>> UNSYNCHRONISED =
      List.of(StringBuilder.class, Buffer.class, Format.class, Calendar.class, MessageDigest.class);

  private JdkCalls() {}

  /** Who makes a call. */
  enum By {
    CODE,
    MARKS,
    MARKS_AT,
    TIME,
    TIME_AT
  }

  /** A row: a package or empty, and a null for an action that is no point. */
  record Row(Class<?> type, String in, Action action, By by, List<String> methods) {
    private static Row of(String line) {
      List<String> cells = List.of(line.split(" +"));
      boolean isPackage = cells.get(0).endsWith(".*");
      String name = cells.get(0).replace(".*", ".");
      try {
        return new Row(
            isPackage ? Object.class : Class.forName(name),
            isPackage ? name : "",
            cells.get(1).equals("NONE") ? null : Action.valueOf(cells.get(1)),
            By.valueOf(cells.get(2)),
            cells.subList(3, cells.size()));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the table has a class that Java has not: " + line, e);
      }
    }

    private boolean fits(Class<?> owner, String method) {
      return type.isAssignableFrom(owner)
          && owner.getName().startsWith(in)
          && methods.stream()
              .anyMatch(m ->
                  m.endsWith("*")
                      ? method.startsWith(m.substring(0, m.length() - 1))
                      : m.equals(method));
    }
  }

  /**
   * Returns the row that decides about a call of a method of the JDK; null if none does.
   *
   * @param takesTime whether its arguments say for how long it may wait
   */
  static Row row(Class<?> owner, String method, boolean takesTime) {
    return ROWS.stream()
        .filter(row -> takesTime || row.by != By.TIME_AT)
        .filter(row -> row.fits(owner, method))
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns whether an object of the JDK is one that two threads must not use at once if one of
   * them changes it. Thread-safe.
   */
  public static boolean unsynchronised(Object target) {
    if (!(target instanceof Collection || target instanceof Map || target instanceof BitSet)) {
      return UNSYNCHRONISED.stream().anyMatch(type -> type.isInstance(target));
    }
    String type = target.getClass().getName();
    return target.getClass().getPackageName().equals("java.util")
        && !type.startsWith("java.util.Collections$")
        && !type.startsWith("java.util.ImmutableCollections$")
        && !(target instanceof Vector)
        && !(target instanceof Hashtable);
  }
}
