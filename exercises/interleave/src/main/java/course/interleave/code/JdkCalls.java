package course.interleave.code;

import course.interleave.code.Conflicts.Effect;
import course.interleave.marks.Marks;
import course.interleave.marks.Synchronizers;
import course.interleave.marks.TimeLimits;
import course.interleave.marks.Times;
import course.interleave.marks.Walks;
import course.interleave.schedule.Action;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of the JDK's calls: which are points, and which {@link Marks} makes instead. */
public final class JdkCalls {
  /**
   * The first row that fits a call decides. A row has a type, with all that is derived from it, or
   * a package; what the call is as a point, if it is one, as {@link Action} or {@link Effect}; who
   * makes it; and the methods' names, with a * how these begin, with a slash how many parameters
   * they have, with a bracket what the first is. The code makes it as it is written; or {@link
   * Marks}, by a method of the same name and with the target as its first parameter; MARKS_AT: and
   * as its last the point at which the thread takes its lock back; or {@link Times} does, TIME_AT,
   * or {@link TimeLimits}, LIMIT_AT: if the call takes a time, and with its point as the last; or
   * {@link Walks}, WALK_AT, which arrives at that point when something is read; or {@link
   * Synchronizers}, AWAITED.
   *
   * <p>What is not synchronised has a row with an effect. Random, Properties, StringBuffer,
   * Deflater and Inflater have none, as they are.
   */
  private static final List<Row> ROWS =
      """
      java.lang.Object                        WAIT    MARKS_AT wait
      java.lang.Object                        NOTIFY  MARKS    notify notifyAll
      java.lang.Thread                        YIELD   CODE     yield onSpinWait
      java.lang.Thread                        CALL    MARKS    start startVirtualThread
      java.lang.Thread                        JOIN    TIME_AT  join
      java.lang.Thread                        JOIN    CODE     join
      java.lang.Thread                        CALL    TIME_AT  sleep
      java.lang.Thread                        CALL    MARKS    interrupt
      java.lang.Thread                        CALL    CODE     sleep interrupted isInterrupted
      java.lang.Thread                        CALL    CODE     isAlive getState
      java.lang.Thread                        NONE    CODE     *
      java.lang.Thread$Builder                CALL    MARKS    start
      java.net.Socket                         MAKE    CODE     <init>
      java.net.ServerSocket                   MAKE    CODE     <init>
      java.net.DatagramSocket                 MAKE    CODE     <init>
      java.lang.Object                        NONE    CODE     <init>
      java.lang.System                        NONE    TIME     nanoTime currentTimeMillis
      java.time.Instant                       NONE    TIME     now
      java.time.Clock                         NONE    TIME     systemUTC systemDefaultZone system
      java.util.concurrent.TimeUnit           CALL    TIME_AT  sleep timedJoin
      java.util.concurrent.TimeUnit           CALL    MARKS_AT timedWait
      java.util.concurrent.TimeUnit           NONE    CODE     *
      java.util.concurrent.ThreadLocalRandom  NONE    CODE     *
      java.util.concurrent.Executors          NONE    MARKS    newVirtualThreadPerTaskExecutor
      java.util.concurrent.Executors          NONE    CODE     *
      java.util.concurrent.locks.Lock         LOCK    CODE     lock
      java.util.concurrent.locks.Lock         UNLOCK  CODE     unlock
      java.util.concurrent.locks.Lock         CALL    MARKS    newCondition
      java.util.concurrent.locks.Lock         CALL    LIMIT_AT tryLock
      java.util.concurrent.locks.ReentrantLock CALL   MARKS    hasWaiters getWaitQueueLength
      java.util.concurrent.locks.ReentrantLock CALL   MARKS    hasQueued* getQueueLength
      java.util.concurrent.locks.StampedLock  CALL    LIMIT_AT tryReadLock tryWriteLock
      java.util.concurrent.locks.AbstractQueuedSynchronizer CALL LIMIT_AT tryAcquireNanos tryAcquireSharedNanos
      java.util.concurrent.locks.AbstractQueuedLongSynchronizer CALL LIMIT_AT tryAcquireNanos tryAcquireSharedNanos
      java.util.concurrent.locks.StampedLock  UNLOCK  CODE     unlock
      java.util.concurrent.locks.Condition    CALL    MARKS_AT await awaitNanos awaitUntil awaitUninterruptibly
      java.util.concurrent.locks.Condition    CALL    MARKS    signal signalAll
      java.util.concurrent.locks.LockSupport  CALL    MARKS    unpark
      java.util.concurrent.locks.LockSupport  PARK    TIME_AT  parkNanos parkUntil
      java.util.concurrent.locks.LockSupport  PARK    TIME     park/0 park/1
      java.util.concurrent.DelayQueue         CALL    CODE     poll offer
      java.util.concurrent.BlockingDeque      CALL    LIMIT_AT pollFirst pollLast offerFirst offerLast
      java.util.concurrent.BlockingQueue      CALL    LIMIT_AT poll offer
      java.util.concurrent.TransferQueue      CALL    LIMIT_AT tryTransfer
      java.util.concurrent.Semaphore          CALL    LIMIT_AT tryAcquire
      java.util.concurrent.Semaphore          CALL    AWAITED  acquire acquireUninterruptibly
      java.util.concurrent.CountDownLatch     CALL    LIMIT_AT await
      java.util.concurrent.CountDownLatch     CALL    AWAITED  await
      java.util.concurrent.CyclicBarrier      CALL    LIMIT_AT await
      java.util.concurrent.Exchanger          CALL    LIMIT_AT exchange
      java.util.concurrent.Phaser             CALL    LIMIT_AT awaitAdvanceInterruptibly
      java.util.concurrent.Future             CALL    LIMIT_AT get
      java.util.concurrent.CompletableFuture  CALL    LIMIT_AT orTimeout completeOnTimeout
      java.util.concurrent.ExecutorService    CALL    LIMIT_AT awaitTermination
      java.util.concurrent.ExecutorService    CALL    AWAITED  close
      java.util.Collection                    CALL    WALK_AT  stream toArray
      java.util.concurrent.*                  CALL    CODE     *
      java.lang.invoke.VarHandle              CALL    CODE     *
      java.io.PrintStream                     NONE    CODE     *
      java.util.Arrays                        NONE    CODE     asList
      java.util.Arrays                        CALL    CODE     *
      java.util.Collections                   CALL    CODE     *
      java.util.Map                           NONE    CODE     of ofEntries entry copyOf
      java.util.Map                           PUT     CODE     put putIfAbsent merge compute
      java.util.Map                           PUT     CODE     computeIfAbsent
      java.util.Map                           REMOVE  CODE     remove
      java.util.Map                           LOOK_UP CODE     get getOrDefault replace
      java.util.Map                           LOOK_UP CODE     computeIfPresent
      java.util.Map                           CHANGE  CODE     clear put* replaceAll poll*
      java.util.Map                           CALL    CODE     *
      java.util.Map$Entry                     NONE    CODE     comparing* copyOf
      java.util.Map$Entry                     CALL    CODE     *
      java.util.Collection                    NONE    CODE     of copyOf
      java.util.Collection                    PUT     CODE     add/1
      java.util.Collection                    REMOVE  CODE     remove/1
      java.util.Collection                    CHANGE  CODE     add* remove* clear retainAll sort
      java.util.Collection                    CHANGE  CODE     offer* poll* push pop replaceAll
      java.util.Collection                    CHANGE  CODE     trimToSize ensureCapacity
      java.util.Collection                    CALL    CODE     *
      java.util.Scanner                       CHANGE  CODE     next* hasNext* find* skip use* reset
      java.util.Iterator                      CHANGE  CODE     next* previous forEach* add remove
      java.util.Iterator                      CALL    CODE     *
      java.util.StringTokenizer               CHANGE  CODE     next*
      java.util.Enumeration                   CALL    CODE     *
      java.util.BitSet                        CHANGE  CODE     set clear flip and* or xor
      java.util.BitSet                        CALL    CODE     *
      java.util.Timer                         CALL    CODE     *
      java.util.StringJoiner                  CHANGE  CODE     add merge setEmptyValue
      java.util.StringJoiner                  CALL    CODE     *
      java.util.Formatter                     CHANGE  CODE     format
      java.util.Calendar                      CHANGE  CODE     add clear roll set*
      java.util.Calendar                      CALL    CODE     *
      java.util.SplittableRandom              CHANGE  CODE     *
      java.util.IntSummaryStatistics          CHANGE  CODE     accept combine
      java.util.IntSummaryStatistics          CALL    CODE     *
      java.util.LongSummaryStatistics         CHANGE  CODE     accept combine
      java.util.LongSummaryStatistics         CALL    CODE     *
      java.util.DoubleSummaryStatistics       CHANGE  CODE     accept combine
      java.util.DoubleSummaryStatistics       CALL    CODE     *
      java.util.regex.Matcher                 CHANGE  CODE     matches find lookingAt reset region
      java.util.regex.Matcher                 CHANGE  CODE     use* append* replace*
      java.util.regex.Matcher                 CALL    CODE     *
      java.util.zip.Checksum                  CHANGE  CODE     update reset
      java.util.zip.Checksum                  CALL    CODE     *
      java.text.Format                        CHANGE  CODE     format* parse* set* apply*
      java.text.Format                        CALL    CODE     *
      java.nio.Buffer                         NONE    CODE     allocate* wrap
      java.nio.Buffer                         CALL    CODE     get*(I put*/2 put*/4
      java.nio.Buffer                         CHANGE  CODE     get* put* append read position/1
      java.nio.Buffer                         CHANGE  CODE     limit/1 order/1 mark reset clear flip
      java.nio.Buffer                         CHANGE  CODE     rewind compact
      java.nio.Buffer                         CALL    CODE     *
      java.nio.charset.CharsetEncoder         CHANGE  CODE     encode flush reset on*
      java.nio.charset.CharsetDecoder         CHANGE  CODE     decode flush reset on*
      java.security.MessageDigest             CHANGE  CODE     update digest reset
      java.security.MessageDigest             CALL    CODE     *
      java.security.Signature                 CHANGE  CODE     init* update sign verify
      javax.crypto.Mac                        CHANGE  CODE     init update doFinal reset
      javax.crypto.Cipher                     CHANGE  CODE     init update* doFinal wrap unwrap
      java.lang.StringBuilder                 CHANGE  CODE     append* insert delete* replace set*
      java.lang.StringBuilder                 CHANGE  CODE     reverse repeat ensure* trimToSize
      java.lang.Appendable                    CALL    CODE     *
      java.io.Closeable                       CALL    CODE     *
      """
          .lines()
          .map(Row::of)
          .toList();

  private static final List<Row> UNTIMED =
      ROWS.stream().filter(row -> row.by != By.TIME_AT && row.by != By.LIMIT_AT).toList();

  /** Two threads may use these at once, or it is theirs to say whether they may. */
  private static final Pattern SYNCHRONISED =
      Pattern.compile("java[.]util[.](Collections|ImmutableCollections)[$].*");

  private static final ClassValue<Boolean> UNSYNCHRONISED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isUnsynchronised(type);
        }
      };

  private JdkCalls() {}

  /** Who makes a call. */
  enum By {
    CODE(null, false),
    MARKS(Marks.class, false),
    MARKS_AT(Marks.class, true),
    TIME(Times.class, false),
    TIME_AT(Times.class, true),
    LIMIT_AT(TimeLimits.class, true),
    AWAITED(Synchronizers.class, false),
    WALK_AT(Walks.class, true);

    /** Has a method that stands in for the JDK's; null if the code makes the call itself. */
    final Class<?> standsIn;

    /** Whether that method is told at which point it is called. */
    final boolean withPoint;

    By(Class<?> standsIn, boolean withPoint) {
      this.standsIn = standsIn;
      this.withPoint = withPoint;
    }
  }

  /** A row: a package or empty, a null for an action that is no point; methods with parameters. */
  record Row(Class<?> type, String in, Action action, Effect effect, By by, Pattern methods) {
    static Row of(String line) {
      List<String> cells = List.of(line.split(" +"));
      boolean isPackage = cells.get(0).endsWith(".*");
      String name = cells.get(0).replace(".*", ".");
      String what = cells.get(1);
      boolean changes = List.of("CHANGE", "PUT", "REMOVE", "LOOK_UP").contains(what);
      try {
        return new Row(
            isPackage ? Object.class : Class.forName(name),
            isPackage ? name : "",
            changes ? Action.CHANGE : what.equals("NONE") ? null : Action.valueOf(what),
            changes ? Effect.valueOf(what) : Effect.READ,
            By.valueOf(cells.get(2)),
            Pattern.compile(
                cells.stream().skip(3).map(Row::pattern).collect(Collectors.joining("|"))));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the table has a class that Java has not: " + line, e);
      }
    }

    /** Of a name, a descriptor, and a slash with the number of parameters. */
    private static String pattern(String method) {
      String rest = method.contains("(") ? ".*" : method.contains("/") ? "" : "[(].*";
      return method.replace("(", "[(]").replace("*", "[^(]*").replace("/", "[(].*/") + rest;
    }

    private boolean fits(Class<?> owner, String method) {
      return type.isAssignableFrom(owner)
          && owner.getName().startsWith(in)
          && methods.matcher(method).matches();
    }
  }

  /**
   * Returns the row that decides about a call of a method of the JDK; null if none does.
   *
   * @param takesTime whether its arguments say for how long it may wait
   */
  static Row row(Class<?> owner, String name, MethodTypeDesc signature, boolean takesTime) {
    return firstFit(takesTime ? ROWS : UNTIMED, owner, name, signature);
  }

  /** Returns the first row that fits a call; null if none does. */
  static Row firstFit(List<Row> rows, Class<?> owner, String name, MethodTypeDesc signature) {
    String method = name + signature.descriptorString() + "/" + signature.parameterCount();
    return rows.stream().filter(row -> row.fits(owner, method)).findFirst().orElse(null);
  }

  /**
   * Returns whether an object is the JDK's, or derived from it, and one that two threads must not
   * use at once if one of them changes it. Thread-safe.
   */
  public static boolean unsynchronised(Object target) {
    return target != null && UNSYNCHRONISED.get(target.getClass());
  }

  private static boolean isUnsynchronised(Class<?> type) {
    Class<?> jdks = type;
    while (!Conflicts.isJdk(jdks)) {
      jdks = jdks.getSuperclass();
    }
    boolean keepsItsOwnState = type != jdks && Modifier.isAbstract(jdks.getModifiers());
    boolean isCollection =
        Stream.of(Collection.class, Map.class, Iterator.class).anyMatch(is(jdks));
    return !keepsItsOwnState
        && (!isCollection || jdks.getPackageName().equals("java.util"))
        && !SYNCHRONISED.matcher(jdks.getName()).matches()
        && Stream.of(Vector.class, Hashtable.class).noneMatch(is(jdks))
        && ROWS.stream()
            .filter(row -> row.action() == Action.CHANGE)
            .map(Row::type)
            .anyMatch(is(jdks));
  }

  private static Predicate<Class<?>> is(Class<?> type) {
    return base -> base.isAssignableFrom(type);
  }
}
