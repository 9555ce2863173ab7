package course.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Cuts a connection's bytes into messages. A message is a frame: four bytes that tell the length of
 * the payload, then the payload. Used by the connection's thread only.
 */
final class FrameReader {
  /** The longest payload, in bytes. */
  static final int MAX_BYTES = 8_192;

  private static final int LENGTH_BYTES = 4;

  /** Arrays of closed connections, by length: saves the collector some work. */
  private static final Map<Integer, Queue<byte[]>> SPARE = new ConcurrentHashMap<>();

  private byte[] last;

  private final InputStream in;

  FrameReader(InputStream in) {
    this.in = in;
  }

  byte[] next() throws IOException {
    byte[] message = null;
    try {
      message = read();
      return message;
    } finally {
      if (message == null) { // the end, or an error: this connection needs its array no more
        giveBack();
      }
      last = message;
    }
  }

  private byte[] read() throws IOException {
    byte[] header = in.readNBytes(LENGTH_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < LENGTH_BYTES) {
      throw new EOFException("the stream ended inside a length");
    }
    int length = ByteBuffer.wrap(header).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a length of " + length + " is not allowed");
    }
    byte[] payload = take(length);
    if (in.readNBytes(payload, 0, length) < length) {
      throw new EOFException("the stream ended inside a payload");
    }
    return payload;
  }

  private static byte[] take(int length) {
    Queue<byte[]> spare = SPARE.get(length);
    byte[] array = spare == null ? null : spare.poll();
    return array == null ? new byte[length] : array;
  }

  private void giveBack() {
    if (last != null) {
      SPARE.computeIfAbsent(last.length, _ -> new ConcurrentLinkedQueue<>()).add(last);
    }
  }
}
