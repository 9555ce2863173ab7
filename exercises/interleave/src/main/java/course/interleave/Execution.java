package course.interleave;

import course.interleave.Outcome.Event;
import course.interleave.Outcome.Failure;
import course.interleave.Outcome.Step;
import course.interleave.Participant.State;
import course.interleave.Schedule.Hold;
import course.interleave.marks.Hooks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One run of a scenario under a {@link Schedule}.
 *
 * <p>One thread at a time has its <em>turn</em>: only it passes points. It keeps the turn until it
 * is held, waits for something, or ends; then the next that is ready at a point has it. Between its
 * points a thread is free, and so is one that was woken, until its next point. The thread that
 * calls {@link #conduct} watches all this and gives the turns.
 */
final class Execution implements Hooks, Run {
  /** So many points in one turn, and a thread counts as spinning: others get a turn. */
  private static final int LONG_TURN = 1_000;

  /** For so many beats all must have waited before anyone concludes that they do. */
  private static final int BEATS = 4;

  private static final int VERDICT_BEATS = 50;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long POLL = MILLI / 10;
  private static final long LOOK_AT_STACK = 2 * MILLI;

  /** How long nothing must move before it is called stuck. */
  private static final long STUCK = 500 * MILLI;

  private static final long LEFT_OVER = 200 * MILLI;
  private static final long SPINNING = 1_500 * MILLI;

  /** No run may take longer. */
  private static final long LIMIT = 5_000 * MILLI;

  /** A wait that is shorter is seen through to its end, even while a thread is held. */
  private static final long SHORT_WAIT = 250 * MILLI;

  private static final int MOST_STEPS = 20_000;

  private final CodeUnderTest code;
  private final Settings settings;
  private final Schedule schedule;
  private final Pace pace;
  private final ThreadGroup group = new Group();
  private final RunClasses classes;
  private final Map<Thread, Participant> byThread = new ConcurrentHashMap<>();
  private final Set<Object> resources = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final List<Participant> participants = new ArrayList<>();
  private final List<Participant> tasks = new ArrayList<>(); // those that join() waits for
  private final Map<Integer, Integer> arrivals = new HashMap<>();
  private final Set<Hold> holds = new LinkedHashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private Participant turn;
  private long turnSince;
  private Participant lastSpinner;
  private long spinningSince;
  private boolean newcomer;
  private final Random random;
  private long movement; // counts what happens
  private long clock;
  private int expiries; // short waits seen through during the present hold
  private Failure failure;
  private volatile boolean over;
  private volatile boolean reached;
  private volatile RuntimeException misuse;

  Execution(
      CodeUnderTest code, RunClasses classes, Settings settings, Schedule schedule, Pace pace) {
    this.code = code;
    this.settings = settings;
    this.schedule = schedule;
    this.pace = pace;
    this.classes = classes;
    random = new Random(schedule.order());
    classes.tell(this);
  }

  /** Runs the scenario to its end, and leaves nothing of it behind. */
  Outcome conduct(Transfer scenario) throws InterruptedException {
    Participant body =
        task(
            Thread.ofPlatform().group(group).daemon().name("scenario"),
            "scenario",
            () -> {
              Scenario copy;
              try {
                copy = scenario.into(classes);
              } catch (IllegalArgumentException e) {
                misuse = e;
                throw e;
              }
              copy.run(this);
            });
    lock.lock();
    try {
      turn = body;
      body.thread.start();
      watch(body);
    } finally {
      endRun();
      lock.unlock();
    }
    cleanUp();
    if (misuse != null) {
      throw misuse;
    }
    return new Outcome(failure, steps, holds, reached, allEnded());
  }

  // What the scenario asks for.

  @Override
  public Thread thread(String name, Task task) {
    return start(Thread.ofPlatform().group(group).daemon().name(name), name, task);
  }

  @Override
  public Thread virtualThread(String name, Task task) {
    return start(Thread.ofVirtual().name(name), name, task);
  }

  private Thread start(Thread.Builder builder, String name, Task task) {
    Point start = code.point(name, 0, 1, Point.Kind.START, "start");
    Participant participant =
        task(
            builder,
            name,
            () -> {
              arrive(start, null);
              task.run();
            });
    lock.lock();
    try {
      participant.state = State.READY; // as if it were at its first point already
      participant.at = start;
      tasks.add(participant);
    } finally {
      lock.unlock();
    }
    participant.thread.start();
    started(participant.thread);
    return participant.thread;
  }

  private Participant task(Thread.Builder builder, String name, Task task) {
    Thread thread =
        builder.unstarted(() -> {
          try {
            task.run();
          } catch (RunOver e) {
            // Nobody waits for it any more.
          } catch (Throwable thrown) {
            fail(name + " failed: " + Report.oneLine(thrown), thrown);
          } finally {
            ended(byThread.get(Thread.currentThread()));
          }
        });
    thread.setContextClassLoader(classes);
    return register(thread);
  }

  @Override
  public void join() {
    Participant me = me();
    lock.lock();
    try {
      awaitTurn(me, State.JOINING);
    } finally {
      lock.unlock();
    }
    unwindIfOver(me);
  }

  private boolean tasksHaveEnded() {
    return tasks.stream().allMatch(p -> p.state == State.ENDED || p.state == State.JOINING);
  }

  // What marked code tells.

  @Override
  public void reached() {
    reached = true;
  }

  @Override
  public void at(int point) {
    arrive(code.point(point), null);
  }

  @Override
  public void on(Object target, int point) {
    used(target);
    arrive(code.point(point), target);
  }

  @Override
  public void entering(Object monitor, int point) {
    arrive(code.point(point), monitor);
  }

  @Override
  public void entered(Object monitor) {
    me().monitors.push(monitor);
  }

  @Override
  public void exiting(Object monitor) {
    Participant me = me();
    me.monitors.removeFirstOccurrence(monitor);
    me.mayHaveWoken = true;
  }

  @Override
  public void timed(long nanos) {
    Participant me = me();
    lock.lock();
    try {
      me.deadline = System.nanoTime() + Math.max(nanos, 1);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void initialising(int change) {
    me().initialising += change;
  }

  @Override
  public void starting(Thread thread) {
    if (!byThread.containsKey(thread)) {
      register(thread);
    }
  }

  @Override
  public void started(Thread thread) {
    Participant me = me();
    if (me.initialising == 0) {
      lock.lock();
      try {
        if (newcomersGoFirst()) {
          me.target = null; // it is past its last point, and only about to go on
          awaitTurn(me, State.READY);
        }
        newcomer = false;
      } finally {
        lock.unlock();
      }
      unwindIfOver(me);
    }
  }

  @Override
  public ThreadFactory factory(ThreadFactory factory) {
    return task -> {
      Thread thread = factory.newThread(task);
      if (thread != null) {
        starting(thread);
      }
      return thread;
    };
  }

  @Override
  public void used(Object resource) {
    if (Resources.mustBeClosed(resource)) {
      resources.add(resource);
    }
  }

  private Participant me() {
    Participant me = byThread.get(Thread.currentThread());
    return me != null ? me : register(Thread.currentThread());
  }

  private Participant register(Thread thread) {
    lock.lock();
    try {
      Participant known = byThread.get(thread);
      if (known != null) {
        return known;
      }
      var participant = new Participant(thread, participants.size(), lock.newCondition());
      participants.add(participant);
      byThread.put(thread, participant);
      newcomer = true;
      movement++;
      if (thread.isVirtual() && thread.getUncaughtExceptionHandler() instanceof ThreadGroup) {
        thread.setUncaughtExceptionHandler(group);
      }
      return participant;
    } finally {
      lock.unlock();
    }
  }

  // Passing a point.

  private void arrive(Point point, Object target) {
    Participant me = me();
    if (me.initialising > 0) {
      return; // others wait for this class inside the JVM, where nobody sees that they wait
    }
    lock.lock();
    try {
      if (!over) {
        pass(me, point, target);
      }
    } finally {
      lock.unlock();
    }
    unwindIfOver(me);
  }

  private void pass(Participant me, Point point, Object target) {
    movement++;
    me.state = State.FREE;
    me.at = point;
    me.target = target;
    me.deadline = 0;
    me.streak += point.kind() == Point.Kind.YIELD ? LONG_TURN / 5 : 1;
    if (turn != me) {
      me.spins = false;
      awaitTurn(me, State.READY);
    } else if (me.streak > LONG_TURN && othersCanMove(me)) {
      me.spins = true;
      awaitTurn(me, State.READY);
    } else if ((newcomer && newcomersGoFirst()) || letsWokenGoFirst(me)) {
      awaitTurn(me, State.READY);
    }
    if (over) {
      return;
    }
    newcomer = false;
    me.mayHaveWoken = point.kind() == Point.Kind.CALL || point.kind() == Point.Kind.CHANGE;
    int arrival = arrivals.merge(point.id(), 1, Integer::sum);
    if (arrival <= settings.arrivals() && othersCanMove(me)) {
      holds.add(new Hold(point.key(), arrival));
    }
    if (schedule.holdsAt(point, arrival)) {
      log(me, Event.IS_HELD);
      me.heldSince = ++clock;
      awaitTurn(me, State.HELD);
      if (over) {
        return;
      }
      log(me, Event.IS_RELEASED);
    }
    findConflict(me);
    log(me, Event.PASSES);
  }

  private boolean newcomersGoFirst() {
    return schedule.order() == Schedule.NEWEST_FIRST
        || (schedule.order() != Schedule.OLDEST_FIRST && random.nextBoolean());
  }

  /** Decides whether who was woken gets a lock before the one that woke it takes it again. */
  private boolean letsWokenGoFirst(Participant me) {
    return schedule.order() > 0
        && me.mayHaveWoken
        && participants.stream().anyMatch(p -> p != me && p.state == State.FREE)
        && random.nextBoolean();
  }

  private void awaitTurn(Participant me, State state) {
    me.state = state;
    giveUpTurn(me);
    while (turn != me && !over) {
      me.turn.awaitUninterruptibly(); // an interrupt is the code's own business: it stays pending
    }
    me.state = State.FREE;
    me.streak = 0;
    movement++;
  }

  /** Gives the turn to the next at once, if it is sure who that is; else whoever watches will. */
  private void giveUpTurn(Participant me) {
    movement++;
    if (turn == me) {
      turn = null;
    }
    boolean sure = turn == null && participants.stream().noneMatch(p -> p.state == State.FREE);
    if (!sure || over || !giveTurn()) {
      changed.signal();
    }
  }

  private boolean othersCanMove(Participant me) {
    for (Participant other : participants) {
      if (other != me
          && other.state != State.JOINING
          && !other.hasEnded()
          && other.thread.getState() != Thread.State.NEW) {
        return true;
      }
    }
    return false;
  }

  /** Two threads about to use the same collection may both do it now: nothing orders them. */
  @SuppressWarnings("ReferenceEquality") // the same collection, not an equal one
  private void findConflict(Participant me) {
    if (!Calls.unsynchronised(me.target)) {
      return;
    }
    for (Participant other : participants) {
      boolean poised = other.state == State.READY || other.state == State.HELD;
      if (other != me
          && poised
          && other.target == me.target
          && (me.at.kind() == Point.Kind.CHANGE || other.at.kind() == Point.Kind.CHANGE)) {
        fail(Report.conflict(me, other), null);
        return;
      }
    }
  }

  private void log(Participant me, Event event) {
    if (steps.size() < MOST_STEPS) {
      steps.add(new Step(me.name, event, me.at));
    }
  }

  private void unwindIfOver(Participant me) {
    if (!over) {
      return;
    }
    me.unwound++;
    while (me.unwound > 100) { // it catches everything and goes on: stop it here, for ever
      java.util.concurrent.locks.LockSupport.park();
      Thread.interrupted();
    }
    throw new RunOver();
  }

  private void ended(Participant me) {
    lock.lock();
    try {
      me.state = State.ENDED;
      giveUpTurn(me);
    } finally {
      lock.unlock();
    }
  }

  private void fail(String what, Throwable cause) {
    lock.lock();
    try {
      if (!over) {
        failure = new Failure(what, cause);
        endRun();
      }
    } finally {
      lock.unlock();
    }
  }

  private void endRun() {
    over = true;
    participants.forEach(p -> p.turn.signal());
    changed.signal();
  }

  // Giving turns: all of this on the thread that conducts the run, which holds the lock.

  private void watch(Participant body) throws InterruptedException {
    long began = System.nanoTime();
    long seen = -1;
    long calmSince = began;
    int calm = 0; // beats since somebody was seen to move
    while (!over) {
      findNewThreads();
      long now = System.nanoTime();
      if (now - began > LIMIT) {
        fail(Report.noProgress(participants, code), null);
        return;
      }
      boolean moves = somebodyMoves(now - calmSince > LOOK_AT_STACK && movement == seen);
      if (moves || movement != seen) {
        calm = 0;
        if (movement != seen) {
          calmSince = now;
        }
        seen = movement;
      } else {
        calm++;
      }
      if (moves) {
        if (turn != null && turn.streak > 100 * LONG_TURN && now - turnSince > SPINNING) {
          fail(Report.noProgress(participants, code), null);
          return;
        }
        pause(POLL);
      } else if (calm < BEATS && participants.stream().anyMatch(p -> p.state == State.FREE)) {
        beat();
      } else {
        decide(body, calm, now - calmSince);
      }
    }
  }

  /** Waits until something may have changed, and at most so long. */
  @SuppressWarnings("WaitNotInLoop") // watch() is the loop
  private void pause(long nanos) throws InterruptedException {
    changed.awaitNanos(nanos);
  }

  private void beat() throws InterruptedException {
    lock.unlock();
    try {
      pace.beat();
    } finally {
      lock.lock();
    }
  }

  private void findNewThreads() {
    var threads = new Thread[group.activeCount() + 8];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      starting(threads[i]);
    }
  }

  private boolean somebodyMoves(boolean lookAtStacks) {
    if (turn != null && turn.state != State.FREE && turn.state != State.ENDED) {
      return true; // has its turn and is about to wake up
    }
    boolean moves = false;
    for (Participant p : participants) {
      if (p.state == State.FREE) {
        switch (p.thread.getState()) {
          case TERMINATED -> ended(p);
          case RUNNABLE -> moves |= !lookAtStacks || !p.waitsForKernel();
          default -> {}
        }
      }
    }
    return moves;
  }

  /** Nobody moves: gives the turn to the next, or sees that there is none. */
  private void decide(Participant body, int calm, long calmFor) throws InterruptedException {
    boolean ready = participants.stream().anyMatch(p -> p.state == State.READY);
    boolean held = participants.stream().anyMatch(p -> p.state == State.HELD);
    if (held && !ready && expiries < 2 && somebodyWakesSoon()) {
      awaitExpiry();
    } else if (giveTurn()) {
      return;
    } else if (allEnded()) {
      endRun();
    } else if (body.state == State.ENDED && tasksHaveEnded()) {
      judgeLeftOver(calm, calmFor);
    } else if (participants.stream()
        .anyMatch(p -> p.state == State.FREE && p.waitsWithTimeLimit())) {
      pause(MILLI);
    } else if (calm < VERDICT_BEATS || calmFor < STUCK) {
      beat();
      pause(MILLI);
    } else {
      fail(Report.stuck(participants, code), null);
    }
  }

  /** Gives the turn to who is ready, or else to who has been held longest, if there is anyone. */
  private boolean giveTurn() {
    if (tasksHaveEnded()) {
      participants.stream()
          .filter(p -> p.state == State.JOINING)
          .forEach(p -> p.state = State.READY);
    }
    Participant next = nextReady();
    Participant held =
        participants.stream()
            .filter(p -> p.state == State.HELD)
            .min(Comparator.comparingLong(p -> p.heldSince))
            .orElse(null);
    if (held != null && (next == null || next.spins)) {
      expiries = 0;
      participants.forEach(p -> p.spins = false);
      next = held;
    }
    if (next == null) {
      return false;
    }
    if (!next.spins) {
      spinningSince = 0;
    } else if (spinningSince == 0) {
      spinningSince = System.nanoTime();
    } else if (System.nanoTime() - spinningSince > SPINNING) {
      fail(Report.noProgress(participants, code), null);
      return true;
    }
    turn = next;
    turnSince = System.nanoTime();
    lastSpinner = next.spins ? next : lastSpinner;
    movement++;
    next.turn.signal();
    return true;
  }

  private Participant nextReady() {
    List<Participant> ready = new ArrayList<>();
    List<Participant> spinning = new ArrayList<>();
    for (Participant p : participants) {
      if (p.state == State.READY) {
        (p.spins ? spinning : ready).add(p);
      }
    }
    if (ready.isEmpty() && spinning.isEmpty()) {
      return null;
    }
    if (ready.isEmpty()) { // those that spin take turns
      int last = lastSpinner == null ? -1 : lastSpinner.number;
      return spinning.stream().filter(p -> p.number > last).findFirst().orElse(spinning.getFirst());
    }
    if (schedule.order() == Schedule.OLDEST_FIRST) {
      return ready.getFirst();
    }
    return schedule.order() == Schedule.NEWEST_FIRST
        ? ready.getLast()
        : ready.get(random.nextInt(ready.size()));
  }

  private boolean somebodyWakesSoon() {
    long now = System.nanoTime();
    return participants.stream()
        .anyMatch(p ->
            p.state == State.FREE
                && p.deadline != 0
                && p.waitsWithTimeLimit()
                && p.deadline - now < SHORT_WAIT);
  }

  private void awaitExpiry() throws InterruptedException {
    long before = movement;
    while (movement == before && !over && somebodyWakesSoon()) {
      pause(MILLI);
    }
    expiries++;
  }

  private void judgeLeftOver(int calm, long calmFor) throws InterruptedException {
    List<Participant> left =
        participants.stream()
            .filter(p -> p.state == State.FREE && !p.hasEnded())
            .filter(p -> !p.waitsWithTimeLimit() && !p.belongsToForkJoinPool())
            .toList();
    if (somebodyWakesSoon()) {
      pause(MILLI);
    } else if (left.isEmpty() || settings.threadsMayRemain()) {
      endRun();
    } else if (calm < VERDICT_BEATS || calmFor < LEFT_OVER) {
      beat();
      pause(MILLI);
    } else {
      fail(Report.leftOver(left, code), null);
    }
  }

  // The end.

  private boolean allEnded() {
    return participants.stream().allMatch(Participant::hasEnded);
  }

  /** Interrupts and closes what is left, so that it ends; what does not can pass no more points. */
  private void cleanUp() {
    resources.forEach(Resources::close);
    for (Participant p : List.copyOf(participants)) {
      if (!p.hasEnded() && !p.belongsToForkJoinPool()) {
        p.thread.interrupt();
      }
    }
  }

  /** Its threads' failures reach the run. */
  private final class Group extends ThreadGroup {
    Group() {
      super("interleave");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      if (!(thrown instanceof RunOver) && !Resources.isPoolsBusiness(thrown, code)) {
        fail(me().name + " failed: " + Report.oneLine(thrown), thrown);
      }
    }
  }
}
