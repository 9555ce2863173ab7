package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Cuts a connection's bytes into messages, all that are there at once. */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private final InputStream in;
  private final ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + MAX_BYTES);
  private final BlockingQueue<byte[]> ready = new ArrayBlockingQueue<>(100);
  private IOException refusal;

  FrameReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the payload of the next frame, and waits for the client if need be. Returns null at the
   * end of the stream.
   *
   * @throws IOException if the client breaks the rules of README.md, or is gone
   */
  byte[] next() throws IOException {
    while (true) {
      byte[] payload = ready.poll();
      if (payload != null) {
        return payload;
      }
      if (refusal != null) {
        throw refusal;
      }
      int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
      if (count < 0 && buffer.position() > 0) {
        throw new EOFException("the stream ended inside a frame");
      }
      if (count < 0) {
        return null;
      }
      buffer.position(buffer.position() + count);
      cut();
    }
  }

  private void cut() {
    buffer.flip();
    while (buffer.remaining() >= Integer.BYTES) {
      int length = buffer.getInt(buffer.position());
      if (length < 0 || length > MAX_BYTES) {
        refusal = new IOException("a frame of " + length + " bytes"); // after those before it
        return;
      }
      if (buffer.remaining() < Integer.BYTES + length) {
        break;
      }
      buffer.getInt();
      var payload = new byte[length];
      buffer.get(payload);
      ready.offer(payload);
    }
    buffer.compact();
  }
}
