package course.interleave.turns;

import course.interleave.turns.Participant.State;
import java.util.List;
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
    List<ForkJoinWorkerThread> workers = PlatformThreads.workersOf(pool);
    if (pool.getPoolSize() > workers.size()) {
      return true; // one is being started
    }
    boolean keepsPlace = false; // the pool replaces who waits for a turn, but not who waits itself
    for (ForkJoinWorkerThread worker : workers) {
      Participant p = threads.known(worker);
      if (p != null && (p == me || isAtWork(p))) {
        keepsPlace |= p != me && p.state == State.FREE;
      } else if (isOnItsWay(worker)) {
        return true;
      }
    }
    return isQueued() && (!keepsPlace || pool.getActiveThreadCount() < pool.getParallelism());
  }

  private boolean isQueued() {
    return pool.hasQueuedSubmissions() || pool.getQueuedTaskCount() > 0;
  }

  /** Returns whether a thread does something that nobody sees; else it waits for a task. */
  private boolean isOnItsWay(Thread worker) {
    return switch (worker.getState()) {
      case NEW, RUNNABLE, BLOCKED -> true;
      case WAITING, TIMED_WAITING -> threads.arrives(worker);
      case TERMINATED -> false;
    };
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
    return p.state != State.FREE
        || (p.waits() && !threads.arrives(p.thread) && threads.isInOwnCode(p));
  }
}
