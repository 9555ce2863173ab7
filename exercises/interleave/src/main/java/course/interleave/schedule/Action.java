package course.interleave.schedule;

/** What a thread is about to do at a point: this is what the engine decides by, never words. */
public enum Action {
  START,
  /** Goes on when a time has come. */
  RESUME,
  READ,
  WRITE,
  /** Takes a monitor. */
  ENTER,
  /** Was woken, and takes back the lock that it gave away to wait. */
  REACQUIRE,
  /** {@code Lock.lock}. */
  LOCK,
  /** {@code Lock.unlock}. */
  UNLOCK,
  /** {@code Object.wait}, which gives a monitor away. */
  WAIT,
  /** {@code Object.notify} and {@code notifyAll}. */
  NOTIFY,
  /** Waits for a permit, as {@code LockSupport.park} does. */
  PARK,
  /** Waits for the end of a thread, as {@code Thread.join} does. */
  JOIN,
  /** Any other call into the JDK by which threads meet. */
  CALL,
  /** A call that changes a collection or the like. */
  CHANGE,
  /** Makes an object that connects to another process. */
  MAKE,
  /** A call by which a thread says that it has nothing to do. */
  YIELD,
  /** Goes round in a loop in which there are no points. */
  LOOP;

  /** Returns whether the thread calls a method of the JDK, in which it may come to wait. */
  public boolean isCall() {
    return switch (this) {
      case LOCK, UNLOCK, WAIT, NOTIFY, PARK, JOIN, CALL, MAKE -> true;
      default -> false;
    };
  }

  /** Returns whether the thread uses an object as what it is, and not as a monitor. */
  public boolean usesTarget() {
    return this == CHANGE || (isCall() && this != WAIT && this != NOTIFY);
  }
}
