package course.interleave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lock of the JDK's tells who waits for it, and a fair one is fair. */
@Timeout(60) // bounds a hang
class ReentrantLockTest {
  /** Wakes who waits only if anybody does. */
  static class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private int letters; // guarded by lock

    void take() throws InterruptedException {
      lock.lock();
      try {
        while (letters == 0) {
          notEmpty.await();
        }
        letters--;
      } finally {
        lock.unlock();
      }
    }

    void put() {
      lock.lock();
      try {
        letters++;
        if (lock.hasWaiters(notEmpty)) {
          notEmpty.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    int takers() {
      lock.lock();
      try {
        return lock.getWaitQueueLength(notEmpty);
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void who_waits_for_a_condition_is_seen() {
    Exploration exploration =
        Interleavings.of(Mailbox.class)
            .explore(run -> {
              var mailbox = new Mailbox();
              run.thread("a", mailbox::take);
              run.platformThread("b", mailbox::take);
              run.thread("puts", mailbox::put);
              run.thread("puts too", mailbox::put);
              run.join();
              assertThat(mailbox.takers()).isZero();
            });
    assertThat(exploration.complete()).isTrue();
  }

  @Test
  void all_that_wait_for_a_condition_are_counted() {
    Interleavings.of(Mailbox.class)
        .randomOrders(0) // in which some wake up though nobody means it
        .explore(run -> {
          var mailbox = new Mailbox();
          run.thread("a", mailbox::take);
          run.thread("b", mailbox::take);
          Thread.sleep(1); // by the clock of the run: both have gone on as far as they can
          assertThat(mailbox.takers()).isEqualTo(2);
          mailbox.put();
          mailbox.put();
          run.join();
        });
  }

  /** Writes down who has come in. */
  static class Door {
    final ReentrantLock lock;
    private final StringBuilder guests = new StringBuilder(); // guarded by lock

    Door(boolean fair) {
      lock = new ReentrantLock(fair);
    }

    void enter(String guest) {
      lock.lock();
      try {
        guests.append(guest);
      } finally {
        lock.unlock();
      }
    }

    int queue(Thread one) {
      return lock.hasQueuedThreads() && lock.hasQueuedThread(one) ? lock.getQueueLength() : 0;
    }
  }

  private static void letIn(Door door, Run run) throws InterruptedException {
    door.lock.lock();
    try {
      Thread a = run.thread("a", () -> door.enter("a"));
      Thread.sleep(1); // by the clock of the run: it has gone on as far as it can
      assertThat(door.queue(a)).isEqualTo(1);
      Thread b = run.platformThread("b", () -> door.enter("b"));
      Thread.sleep(1);
      assertThat(door.queue(b)).isEqualTo(2);
    } finally {
      door.lock.unlock();
    }
    run.join();
    assertThat(door.lock.hasQueuedThreads()).isFalse();
  }

  @Test
  void who_waits_for_a_lock_is_seen() {
    Interleavings.of(Door.class).randomOrders(20).explore(run -> letIn(new Door(false), run));
  }

  @Test
  void who_waits_first_for_a_fair_lock_gets_it_first() {
    Interleavings.of(Door.class)
        .explore(run -> {
          var door = new Door(true);
          letIn(door, run);
          assertThat(door.guests.toString()).isEqualTo("ab");
        });
  }
}
