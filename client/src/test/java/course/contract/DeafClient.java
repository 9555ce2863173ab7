package course.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client that sends and never reads, so that in the end its socket is full. For one thread. */
public final class DeafClient implements AutoCloseable {
  /** Long ones: few of them fill a socket, and a server that reads on is not busy with them. */
  private static final byte[] MESSAGES = ("x".repeat(8_000) + "\n").repeat(10).getBytes(US_ASCII);

  private final SocketChannel channel;
  private final Selector writable = Selector.open();
  private final ByteBuffer messages = ByteBuffer.wrap(MESSAGES);
  private long sent;

  public DeafClient(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  /** Sends as many bytes of messages as the kernel takes now: none if the socket is full. */
  public void sendWhatFits() throws IOException {
    sent += channel.write(messages);
    if (!messages.hasRemaining()) {
      messages.rewind();
    }
  }

  /** Returns how many bytes have been sent. */
  public long sent() {
    return sent;
  }

  /** Waits until the kernel takes more; false if it takes none for a second. */
  public boolean awaitRoom() throws IOException {
    int ready = writable.select(1_000);
    writable.selectedKeys().clear();
    return ready > 0;
  }

  /** Leaves with replies unread: the server's next write to this client fails. */
  public void hangUp() throws IOException {
    writable.close(); // first: a channel that a selector watches is not closed at once
    channel.close();
  }

  @Override
  public void close() throws IOException {
    hangUp();
  }
}
