package course.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * What a client sends that says nothing for minutes before each of its bytes, by the run's clock.
 */
final class Silent extends InputStream {
  private static final long MINUTES = 5 * 60_000;

  private final byte[] bytes;
  private int next; // used by one thread at a time

  Silent(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    try {
      Thread.sleep(MINUTES);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    return next == bytes.length ? -1 : bytes[next++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    int one = wanted == 0 ? 0 : read();
    if (wanted == 0 || one < 0) {
      return one;
    }
    target[offset] = (byte) one;
    return 1;
  }
}
