package course.server;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Makes bytes that a client sends: frames, payloads, and parts of them. */
final class Bytes {
  private Bytes() {}

  /** Returns a frame: the length of the payload, and the payload. */
  static byte[] frame(byte[] payload) {
    return joined(length(payload.length), payload);
  }

  static byte[] length(int length) {
    return new byte[] {
      (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
    };
  }

  /** Returns a payload that is like no other of another length. */
  static byte[] payload(int length) {
    var payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i + length);
    }
    return payload;
  }

  static byte[] joined(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[][] chunks(byte[] bytes, int size) {
    var chunks = new byte[(bytes.length + size - 1) / size][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = part(bytes, i * size, Math.min(bytes.length, (i + 1) * size));
    }
    return chunks;
  }

  static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Returns what begins the bytes and what is left. */
  static byte[][] cut(byte[] bytes, int at) {
    return new byte[][] {part(bytes, 0, at), part(bytes, at, bytes.length)};
  }
}
