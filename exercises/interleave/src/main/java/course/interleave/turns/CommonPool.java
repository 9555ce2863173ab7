package course.interleave.turns;

import course.interleave.turns.Participant.State;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The pool that the whole JVM shares. Its threads take up a task some time after it was forked, and
 * tell nobody; whoever waits for the task may run it first. So that this is no luck, nobody passes
 * a point while one of these threads may be about to come to one. Guarded by the lock of the run.
 */
final class CommonPool {
  private final ForkJoinPool pool = ForkJoinPool.commonPool();
  private final Threads threads;
  private boolean busyWithOthers;

  CommonPool(Threads threads) {
    this.threads = threads;
  }

  /**
   * Returns whether a thread of the pool may be about to do something that nobody here sees.
   *
   * @param me does not count
   */
  boolean moves(Participant me) {
    if (pool.isQuiescent()) {
      busyWithOthers = false;
      return false;
    }
    int active = pool.getActiveThreadCount();
    boolean takesMore =
        active < pool.getParallelism()
            && (pool.hasQueuedSubmissions() || pool.getQueuedTaskCount() > 0);
    return takesMore
        || active > threads.stream().filter(p -> isOne(p) && (p == me || isAtWork(p))).count();
  }

  /** Returns the same, unless it was awaited for long before. */
  boolean isWorthWaitingFor(Participant me) {
    return moves(me) && !busyWithOthers;
  }

  /** What it does seems to have nothing to do with the run. */
  void waitNoMore() {
    busyWithOthers = true;
  }

  /** Returns whether a thread has a task from the pool, and waits in it. */
  private boolean isAtWork(Participant p) {
    return p.state != State.FREE || (p.waits() && !threads.arrives(p) && threads.isInOwnCode(p));
  }

  private boolean isOne(Participant p) {
    return p.thread instanceof ForkJoinWorkerThread worker && worker.getPool().equals(pool);
  }
}
