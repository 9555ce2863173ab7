package course.interleave;

import course.interleave.marks.Hooks;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** What the marked code of one run tells, passed on to the {@link Turns}. Thread-safe. */
final class RunHooks implements Hooks {
  private final CodeUnderTest code;
  private final Turns turns;
  private final Set<Object> resources = ConcurrentHashMap.newKeySet();
  private volatile boolean reached;

  RunHooks(CodeUnderTest code, Turns turns) {
    this.code = code;
    this.turns = turns;
  }

  @Override
  public void reached() {
    reached = true;
  }

  boolean haveBeenReached() {
    return reached;
  }

  @Override
  public void at(int point) {
    turns.arrive(code.point(point), null);
  }

  @Override
  public void on(Object target, int point) {
    used(target);
    turns.arrive(code.point(point), target);
  }

  @Override
  public void entering(Object monitor, int point) {
    turns.arrive(code.point(point), monitor);
  }

  @Override
  public void entered(Object monitor) {
    turns.threads.entered(monitor);
  }

  @Override
  public void exiting(Object monitor) {
    turns.threads.exiting(monitor);
  }

  @Override
  public void caught(Throwable thrown) {
    if (thrown instanceof RunOver over) {
      throw over;
    }
  }

  @Override
  public void looping() {
    turns.loop();
  }

  @Override
  public void timed(long nanos) {
    turns.timed(nanos);
  }

  @Override
  public void later() {
    turns.threads.timersWake = true;
  }

  @Override
  public void initialising(int change) {
    turns.threads.me().initialising += change;
  }

  @Override
  public void starting(Thread thread) {
    turns.threads.starting(thread);
  }

  @Override
  public void started(Thread thread) {
    turns.letStartedGoFirst();
  }

  @Override
  public void unparking(Thread thread) {
    turns.threads.unparking(thread);
  }

  @Override
  public ThreadFactory factory(ThreadFactory factory) {
    return task -> {
      Thread thread = factory.newThread(task);
      if (thread != null) {
        turns.threads.register(thread);
      }
      return thread;
    };
  }

  @Override
  public void used(Object resource) {
    if (Resources.mustBeClosed(resource)) {
      resources.add(resource);
      if (!(resource instanceof ExecutorService)) {
        turns.threads.kernelWakes = true;
      }
    }
  }

  /** The current thread dies of this. */
  void uncaught(Throwable thrown) {
    if (!(thrown instanceof RunOver) && !Resources.isPoolsBusiness(thrown, code)) {
      turns.fail(turns.threads.me().name, thrown);
    }
  }

  /** Closes what would keep threads alive. */
  void closeResources() {
    resources.forEach(Resources::close);
  }
}
