package course.client.load;

import course.client.Limits;
import java.util.Arrays;

/**
 * The messages of one connection that wait for their replies: from id to the time of sending.
 *
 * <p>An id is a slot's number in its low bits and how often the slot was used before in the high
 * ones. So a reply is found without a search in whatever order replies come, a second reply to the
 * same message is not taken for the first of another, and nothing is allocated per message. Not
 * thread-safe.
 */
final class InFlight {
  /** What {@link #remove} returns for an id that is not in flight. */
  static final long NONE = Long.MIN_VALUE;

  /** An id's digits, in hexadecimal. */
  static final int ID_DIGITS = Limits.Size.MINIMUM;

  /** The maximum of messages in flight on a connection. */
  static final int MAX = 1 << 20;

  private static final long NEXT_USE = MAX;
  private static final long ID_MASK = (1L << (4 * ID_DIGITS)) - 1;

  private long[] ids = new long[0]; // of the slot's message, or of its next one
  private long[] times = new long[0]; // when the slot's message was sent, or NONE
  private int[] free = new int[0]; // the slots with no message: free[0..freeCount)
  private int freeCount;

  /** Puts a message in flight and returns its id. Check {@link #isFull} before. */
  long add(long time) {
    if (freeCount == 0) {
      grow();
    }
    int slot = free[--freeCount];
    times[slot] = time;
    return ids[slot];
  }

  /** Ends a message's flight and returns the time it was added with, or {@link #NONE}. */
  long remove(long id) {
    int slot = (int) (id & (MAX - 1));
    if (slot >= ids.length || ids[slot] != id || times[slot] == NONE) {
      return NONE;
    }
    long time = times[slot];
    times[slot] = NONE;
    ids[slot] = (id + NEXT_USE) & ID_MASK;
    free[freeCount++] = slot;
    return time;
  }

  int size() {
    return ids.length - freeCount;
  }

  boolean isFull() {
    return size() == MAX;
  }

  private void grow() {
    int before = ids.length;
    int after = Math.clamp(2L * before, 16, MAX);
    ids = Arrays.copyOf(ids, after);
    times = Arrays.copyOf(times, after);
    free = Arrays.copyOf(free, after);
    for (int slot = after - 1; slot >= before; slot--) {
      ids[slot] = slot;
      times[slot] = NONE;
      free[freeCount++] = slot;
    }
  }
}
