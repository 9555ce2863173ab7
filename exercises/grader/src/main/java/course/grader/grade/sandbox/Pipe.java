package course.grader.grade.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Bytes on their way from one thread to another, not too many at once. One thread reads, any thread
 * may end it. (The JDK's piped streams end with the thread that wrote last.)
 */
final class Pipe {
  private static final int MAXIMUM_PARTS = 1_024;

  private static final byte[] NOTHING = {};

  private static final long LOOK_MILLIS = 100; // that it has ended is seen after this at the latest

  private final BlockingQueue<byte[]> parts = new ArrayBlockingQueue<>(MAXIMUM_PARTS);
  private volatile boolean ended;
  private volatile long deadline = System.nanoTime() + Long.MAX_VALUE / 2; // to read until

  /**
   * Sets how long reads may wait from now on, all together: who sends a byte now and then gains no
   * time. Then they say so with an exception; what is there already is read all the same.
   */
  void readLimit(int millis) {
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Adds bytes, as soon as there is room; drops them if it has ended. */
  void put(byte[] bytes) throws InterruptedIOException {
    try {
      boolean isIn = false;
      while (!ended && !isIn) {
        isIn = parts.offer(bytes, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Ends it: who reads gets what is there still, and then the end. */
  void end() {
    ended = true;
    parts.offer(NOTHING); // wakes who reads; if there is no room, nobody sleeps
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        if (ended) {
          throw new IOException("it has ended");
        }
        put(Arrays.copyOfRange(bytes, from, from + count));
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  InputStream in() {
    return new InputStream() {
      private byte[] part = NOTHING;
      private int next;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        while (next == part.length) {
          byte[] taken = take();
          if (taken == null) {
            return -1;
          }
          part = taken;
          next = 0;
        }
        int count = Math.min(most, part.length - next);
        System.arraycopy(part, next, bytes, from, count);
        next += count;
        return count;
      }

      @Override
      public int available() {
        return part.length - next;
      }
    };
  }

  /** Returns the next part; null at the end. */
  private byte[] take() throws IOException {
    try {
      while (true) {
        boolean last = ended; // what was put before the end is there by now
        boolean late = System.nanoTime() - deadline > 0;
        byte[] part = last || late ? parts.poll() : parts.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (part != null || last) {
          return part;
        }
        if (late) {
          throw new SocketTimeoutException("nothing came in time");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
