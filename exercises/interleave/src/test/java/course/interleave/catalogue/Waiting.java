package course.interleave.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import course.interleave.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that wait for each other. */
@SuppressWarnings({
  "WaitNotInLoop",
  "NonAtomicVolatileUpdate",
  "UnsynchronizedOverridesSynchronized"
})
final class Waiting {
  private Waiting() {}

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "missed notify",
            Waiting.class,
            run -> openGate(run, new UnlockedGate()),
            run -> openGate(run, new Gate())),
        new Sample(
            "missed notify on platform threads",
            Waiting.class,
            run -> openGateOnPlatformThreads(run, new UnlockedGate()),
            run -> openGateOnPlatformThreads(run, new Gate())),
        new Sample(
            "signal without a state",
            Waiting.class,
            run -> openGate(run, new StatelessGate()),
            run -> openGate(run, new ConditionGate())),
        new Sample(
            "notify for notifyAll",
            Waiting.class,
            run -> passOn(run, new Slot(false)),
            run -> passOn(run, new Slot(true))),
        new Sample(
            "if for while",
            Waiting.class,
            run -> takeBoth(run, new IfQueue()),
            run -> takeBoth(run, new WhileQueue())),
        new Sample(
            "if for while, with a condition",
            Waiting.class,
            run -> takeBoth(run, new IfConditionQueue()),
            run -> takeBoth(run, new WhileQueue())),
        new Sample(
            "if for while, in a semaphore",
            Waiting.class,
            run -> useByThree(run, new IfPermit()),
            run -> useByThree(run, new WhilePermit())),
        new Sample(
            "if for while, in a lock for readers and writers",
            Waiting.class,
            run -> readAndWriteTwice(run, new IfBook()),
            run -> readAndWriteTwice(run, new WhileBook())),
        new Sample(
            "notify before the change",
            Waiting.class,
            run -> openGate(run, new HastyGate()),
            run -> openGate(run, new Gate())),
        new Sample(
            "unpark that comes to nobody",
            Waiting.class,
            run -> openGate(run, new HastyParkingGate()),
            run -> openGate(run, new ParkingGate())),
        new Sample(
            "barrier reuse",
            Waiting.class,
            run -> meetTwice(run, new ReusedBarrier()),
            run -> meetTwice(run, new JdkBarrier())),
        new Sample(
            "lost count down",
            Waiting.class,
            run -> countDown(run, new LosingLatch()),
            run -> countDown(run, new Latch())),
        new Sample(
            "reader starved by a writer that never yields",
            Waiting.class,
            run -> readWhileWritten(run, new Board(false)),
            run -> readWhileWritten(run, new Board(true))),
        new Sample(
            "callback lost on completion",
            Waiting.class,
            run -> complete(run, new LosingPromise()),
            run -> complete(run, new Promise())),
        new Sample(
            "no time limit",
            Waiting.class,
            run -> ask(new Question()),
            run -> ask(new TimedQuestion())));
  }

  private static void openGate(Run run, Gate gate) throws InterruptedException {
    run.thread("waits", gate::await);
    run.thread("opens", gate::open);
    run.join();
  }

  private static void openGateOnPlatformThreads(Run run, Gate gate) throws InterruptedException {
    run.platformThread("waits", gate::await);
    run.platformThread("opens", gate::open);
    run.join();
  }

  static class Gate {
    boolean open;

    void await() throws InterruptedException {
      synchronized (this) {
        while (!open) {
          wait();
        }
      }
    }

    void open() {
      synchronized (this) {
        open = true;
        notifyAll();
      }
    }
  }

  static class UnlockedGate extends Gate {
    @Override
    void await() throws InterruptedException {
      while (!open) {
        synchronized (this) {
          wait();
        }
      }
    }
  }

  static class HastyGate extends Gate {
    @Override
    void open() {
      synchronized (this) {
        notifyAll();
      }
      synchronized (this) {
        open = true;
      }
    }
  }

  static class StatelessGate extends Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();

    @Override
    void await() throws InterruptedException {
      lock.lock();
      try {
        opened.await();
      } finally {
        lock.unlock();
      }
    }

    @Override
    void open() {
      lock.lock();
      try {
        opened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  static class ConditionGate extends Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();

    @Override
    void await() throws InterruptedException {
      lock.lock();
      try {
        while (!open) {
          opened.await();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    void open() {
      lock.lock();
      try {
        open = true;
        opened.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  static class ParkingGate extends Gate {
    volatile boolean opened;
    volatile Thread waiting;

    @Override
    void await() {
      waiting = Thread.currentThread();
      while (!opened) {
        LockSupport.park(this);
      }
    }

    @Override
    void open() {
      opened = true;
      LockSupport.unpark(waiting);
    }
  }

  static class HastyParkingGate extends ParkingGate {
    @Override
    void open() {
      Thread toWake = waiting;
      opened = true;
      LockSupport.unpark(toWake);
    }
  }

  private static void passOn(Run run, Slot slot) throws InterruptedException {
    run.thread("put 1", () -> slot.put("x"));
    run.thread("put 2", () -> slot.put("y"));
    run.thread("take 1", slot::take);
    run.thread("take 2", slot::take);
    run.join();
  }

  /** Room for one thing; who puts and who takes wait in the same place. */
  static class Slot {
    private final boolean wakeAll;
    private String thing;

    Slot(boolean wakeAll) {
      this.wakeAll = wakeAll;
    }

    synchronized void put(String newThing) throws InterruptedException {
      while (thing != null) {
        wait();
      }
      thing = newThing;
      wake();
    }

    synchronized String take() throws InterruptedException {
      while (thing == null) {
        wait();
      }
      String taken = thing;
      thing = null;
      wake();
      return taken;
    }

    private void wake() {
      if (wakeAll) {
        notifyAll();
      } else {
        notify();
      }
    }
  }

  private static void takeBoth(Run run, WhileQueue queue) throws InterruptedException {
    run.thread("take 1", () -> assertNotNull(queue.take()));
    run.thread("take 2", () -> assertNotNull(queue.take()));
    run.thread(
        "puts",
        () -> {
          queue.put("x");
          queue.put("y");
        });
    run.join();
  }

  static class WhileQueue {
    final Queue<String> things = new ArrayDeque<>();

    synchronized void put(String thing) {
      things.add(thing);
      notifyAll();
    }

    synchronized String take() throws InterruptedException {
      while (things.isEmpty()) {
        wait();
      }
      return things.poll();
    }
  }

  static class IfQueue extends WhileQueue {
    @Override
    synchronized String take() throws InterruptedException {
      if (things.isEmpty()) {
        wait();
      }
      return things.poll();
    }
  }

  static class IfConditionQueue extends WhileQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    @Override
    void put(String thing) {
      lock.lock();
      try {
        things.add(thing);
        added.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    String take() throws InterruptedException {
      lock.lock();
      try {
        if (things.isEmpty()) {
          added.await();
        }
        return things.poll();
      } finally {
        lock.unlock();
      }
    }
  }

  private static void useByThree(Run run, WhilePermit permit) throws InterruptedException {
    for (int i = 1; i <= 3; i++) {
      run.thread("user " + i, permit::use);
    }
    run.join();
    assertEquals(1, permit.mostUsers, "users at once");
  }

  /** For one at a time. */
  static class WhilePermit {
    boolean taken;
    private final AtomicInteger users = new AtomicInteger();
    private volatile int mostUsers;

    synchronized void acquire() throws InterruptedException {
      while (taken) {
        wait();
      }
      taken = true;
    }

    private synchronized void release() {
      taken = false;
      notify();
    }

    void use() throws InterruptedException {
      acquire();
      mostUsers = Math.max(users.incrementAndGet(), mostUsers);
      users.decrementAndGet();
      release();
    }
  }

  static class IfPermit extends WhilePermit {
    @Override
    synchronized void acquire() throws InterruptedException {
      if (taken) {
        wait();
      }
      taken = true;
    }
  }

  private static void readAndWriteTwice(Run run, WhileBook book) throws InterruptedException {
    run.thread("writer 1", book::write);
    run.thread("writer 2", book::write);
    run.thread("reader", book::read);
    run.join();
  }

  /** For many readers, or one writer. */
  static class WhileBook {
    int readers;
    boolean writing;

    void read() throws InterruptedException {
      synchronized (this) {
        while (writing) {
          wait();
        }
        readers++;
      }
      synchronized (this) {
        readers--;
        notifyAll();
      }
    }

    void write() throws InterruptedException {
      synchronized (this) {
        awaitNobody();
        assertTrue(readers == 0 && !writing, "a writer is alone");
        writing = true;
      }
      synchronized (this) {
        writing = false;
        notifyAll();
      }
    }

    synchronized void awaitNobody() throws InterruptedException {
      while (readers > 0 || writing) {
        wait();
      }
    }
  }

  static class IfBook extends WhileBook {
    @Override
    synchronized void awaitNobody() throws InterruptedException {
      if (readers > 0 || writing) {
        wait();
      }
    }
  }

  /** Nobody may begin round 2 before everybody has ended round 1. */
  private static void meetTwice(Run run, Barrier barrier) throws InterruptedException {
    var ended = new AtomicInteger();
    for (String name : List.of("a", "b")) {
      run.thread(
          name,
          () -> {
            for (int round = 1; round <= 3; round++) {
              ended.incrementAndGet();
              barrier.await();
              assertTrue(ended.get() >= 2 * round);
            }
          });
    }
    run.join();
  }

  interface Barrier {
    void await() throws Exception;
  }

  static class ReusedBarrier implements Barrier {
    private int waiting;

    @Override
    public synchronized void await() throws InterruptedException {
      waiting++;
      if (waiting == 2) {
        notifyAll();
        waiting = 0;
      } else {
        while (waiting != 0) { // another may have come again already
          wait();
        }
      }
    }
  }

  static class JdkBarrier implements Barrier {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    @Override
    public void await() throws Exception {
      barrier.await();
    }
  }

  private static void countDown(Run run, Latch latch) throws InterruptedException {
    run.thread("a", latch::countDown);
    run.thread("b", latch::countDown);
    run.thread("waits", latch::await);
    run.join();
  }

  static class Latch {
    private final CountDownLatch latch = new CountDownLatch(2);

    void countDown() {
      latch.countDown();
    }

    void await() throws InterruptedException {
      latch.await();
    }
  }

  static class LosingLatch extends Latch {
    private volatile int left = 2;

    @Override
    void countDown() {
      left--;
      synchronized (this) {
        notifyAll();
      }
    }

    @Override
    synchronized void await() throws InterruptedException {
      while (left > 0) {
        wait();
      }
    }
  }

  private static void readWhileWritten(Run run, Board board) throws InterruptedException {
    run.thread("writes", board::writeUntilRead);
    run.thread("reads", board::read);
    run.join();
  }

  static class Board {
    private final boolean yields;
    private final AtomicBoolean read = new AtomicBoolean();
    private int text;

    Board(boolean yields) {
      this.yields = yields;
    }

    void writeUntilRead() {
      if (yields) {
        while (!read.get()) {
          synchronized (this) {
            text++;
          }
        }
      } else {
        synchronized (this) {
          while (!read.get()) {
            text++;
          }
        }
      }
    }

    synchronized int read() {
      read.set(true);
      return text;
    }
  }

  /** Nobody ever answers. */
  private static void ask(Question question) {
    assertEquals("no answer", question.await());
  }

  static class Question {
    final CompletableFuture<String> answer = new CompletableFuture<>();

    String await() {
      return answer.join();
    }
  }

  static class TimedQuestion extends Question {
    @Override
    String await() {
      return answer.completeOnTimeout("no answer", 600, TimeUnit.MILLISECONDS).join();
    }
  }

  private static void complete(Run run, Promise promise) throws InterruptedException {
    var told = new AtomicInteger();
    run.thread("completes", promise::complete);
    run.thread("listens", () -> promise.whenComplete(told::incrementAndGet));
    run.join();
    assertEquals(1, told.get(), "told once");
  }

  static class Promise {
    private final List<Runnable> callbacks = new ArrayList<>();
    private boolean complete;

    void whenComplete(Runnable callback) {
      boolean now;
      synchronized (this) {
        now = complete;
        if (!now) {
          callbacks.add(callback);
        }
      }
      if (now) {
        callback.run();
      }
    }

    synchronized void complete() {
      complete = true;
      callbacks.forEach(Runnable::run);
    }
  }

  static class LosingPromise extends Promise {
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile boolean done;

    @Override
    void whenComplete(Runnable callback) {
      if (done) {
        callback.run();
      } else {
        synchronized (waiting) {
          waiting.add(callback);
        }
      }
    }

    @Override
    void complete() {
      done = true;
      synchronized (waiting) {
        waiting.forEach(Runnable::run);
      }
    }
  }
}
