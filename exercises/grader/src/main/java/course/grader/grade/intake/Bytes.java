package course.grader.grade.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads no more than a limit. */
final class Bytes {
  private Bytes() {}

  /** Returns what is in a stream. @throws NotGradable if that is more than the limit */
  static byte[] read(InputStream in, int limit, String name) throws IOException {
    byte[] bytes = in.readNBytes(limit);
    if (in.read() >= 0) {
      throw tooLarge(name, limit);
    }
    return bytes;
  }

  static NotGradable tooLarge(String name, long limit) {
    return new NotGradable(
        "%s is too large: it has more than %s".formatted(Shown.name(name), Limits.words(limit)));
  }

  /** A stream of which each byte is noted. For one thread. */
  abstract static class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    /**
     * Notes that bytes were read.
     *
     * @throws NotGradable if they are too many
     */
    abstract void took(long count) throws NotGradable;

    @Override
    public int read() throws IOException {
      int value = super.read();
      took(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      took(Math.max(0, count));
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      took(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false; // what is read twice would count twice
    }
  }

  /** A stream that ends with an exception where its limit is. For one thread. */
  static final class Limited extends Counted {
    private final NotGradable beyond;
    private long left;

    /**
     * Makes one.
     *
     * @param limit how many bytes may be read
     * @param beyond what is thrown if there are more
     */
    Limited(InputStream in, long limit, NotGradable beyond) {
      super(in);
      this.left = limit;
      this.beyond = beyond;
    }

    @Override
    void took(long count) throws NotGradable {
      left -= count;
      if (left < 0) {
        throw beyond;
      }
    }

    /** Sets how many bytes may be read from here on. */
    void limit(long bytes) {
      left = bytes;
    }
  }
}
