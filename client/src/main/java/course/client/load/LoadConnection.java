package course.client.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One connection under load: writes messages, each an id and padding, and checks replies against
 * them. Neither ever waits. Not thread-safe: the generator's thread has it to itself.
 */
final class LoadConnection {
  private static final int BUFFER = 8 * 1024;
  private static final HexFormat HEX = HexFormat.of();

  private final LoadGenerator generator;
  private final int number;
  private final SocketChannel channel;
  private final InFlight inFlight = new InFlight();
  private final byte[] message; // what every message looks like; only the id changes
  private final ByteBuffer out;
  private SelectionKey key;
  private long owed;
  private long sent;

  // The reply that is coming in: how much of it is here, its id so far, and whether it is no echo.
  private int position;
  private long id;
  private boolean wrong;

  LoadConnection(LoadGenerator generator, int number, SocketChannel channel, int size) {
    this.generator = generator;
    this.number = number;
    this.channel = channel;
    message = new byte[size + 1];
    Arrays.fill(message, (byte) 'x');
    message[size] = '\n';
    out = ByteBuffer.allocate(Math.max(BUFFER, message.length));
  }

  /** The generator has registered the channel. */
  void registered(SelectionKey key) {
    this.key = key;
  }

  /** Its place among the connections, from 0. */
  int number() {
    return number;
  }

  /** How many messages it has begun to send. */
  long sent() {
    return sent;
  }

  /** How many of them wait for their reply. */
  int inFlight() {
    return inFlight.size();
  }

  /** Whether it has something to send or to wait for. */
  boolean isBusy() {
    return inFlight.size() > 0 || maySend();
  }

  /** From here on so many messages more are to be sent, as soon as there is room. */
  void owe(long messages) {
    owed += messages;
  }

  /**
   * Sends what is owed, one buffer full of it. If there is more, or no room, the selector will say
   * when to go on: so no connection keeps the others waiting.
   */
  void write() throws IOException {
    while (maySend() && out.remaining() >= message.length) {
      putId(inFlight.add(generator.sendTime(this)));
      out.put(message);
      owed--;
      sent++;
    }
    if (out.position() > 0) {
      channel.write(out.flip());
      out.compact();
    }
    boolean more = out.position() > 0 || maySend();
    int interest = more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /**
   * Takes in what has come.
   *
   * @return false at the end of the stream
   */
  boolean read(ByteBuffer in) throws IOException {
    in.clear();
    int count = channel.read(in);
    for (int i = 0; i < count; i++) {
      take(in.get(i));
    }
    return count >= 0;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it is of no more use either way
    }
  }

  private boolean maySend() {
    return owed > 0 && generator.isSending() && !inFlight.isFull();
  }

  private void take(byte b) {
    int size = message.length - 1;
    if (b == '\n') {
      endOfReply(!wrong && position == size);
    } else if (position < InFlight.ID_DIGITS) {
      position++;
      if (HexFormat.isHexDigit(b)) {
        id = id << 4 | HexFormat.fromHexDigit(b);
      } else {
        wrong = true;
      }
    } else if (position < size) {
      wrong |= b != message[position++];
    } else {
      wrong |= b != '\r'; // a server may end its lines so
    }
  }

  private void endOfReply(boolean whole) {
    long time = whole ? inFlight.remove(id) : InFlight.NONE;
    if (time == InFlight.NONE) {
      generator.wrongReply();
    } else {
      generator.reply(this, time);
    }
    position = 0;
    id = 0;
    wrong = false;
  }

  private void putId(long id) {
    for (int i = InFlight.ID_DIGITS - 1; i >= 0; i--) {
      message[i] = (byte) HEX.toLowHexDigit((int) id);
      id >>>= 4;
    }
  }
}
