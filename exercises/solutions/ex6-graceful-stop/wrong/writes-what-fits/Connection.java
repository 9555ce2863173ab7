package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One client's channel. What is not said to be otherwise belongs to the server's selector thread.
 */
final class Connection {
  private final Server server;
  private final SocketChannel channel;
  private final Object replying = new Object();
  private final ByteBuffer input = ByteBuffer.allocate(8192); // between position and limit: unread
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private SelectionKey key;
  private Thread sender; // while a message waits for a handler, and reading pauses
  private boolean ended; // the client has said all, or is gone
  private boolean closed; // guarded by this
  private boolean blocked; // a handler waits until it can write; guarded by this
  private int inFlight; // guarded by this

  Connection(Server server, SocketChannel channel) {
    this.server = server;
    this.channel = channel;
    input.limit(0);
  }

  void register(Selector selector) throws IOException {
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  void ready() {
    if (!key.isValid()) {
      return;
    }
    if (key.isWritable()) {
      synchronized (this) {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        blocked = false;
        notifyAll();
      }
    }
    if (key.isReadable() && sender == null && !ended) {
      readSome();
    }
    closeIfDone();
  }

  private void readSome() {
    if (fill() <= 0) {
      return;
    }
    takeLines();
  }

  private int fill() {
    int n;
    input.clear();
    try {
      n = channel.read(input);
    } catch (IOException e) {
      n = -1;
      close();
    }
    input.flip();
    if (n == -1) {
      ended = true;
      if (key.isValid()) {
        key.interestOpsAnd(~SelectionKey.OP_READ);
      }
    }
    return n;
  }

  private void takeLines() {
    while (sender == null && input.hasRemaining()) {
      byte b = input.get();
      if (b != '\n') {
        line.write(b);
        continue;
      }
      String message = line.toString(ISO_8859_1);
      line.reset();
      if (server.admit(this)) {
        send(message.endsWith("\r") ? message.substring(0, message.length() - 1) : message);
      }
    }
    if (server.isStopping()) {
      line.reset();
    }
  }

  /** Counts a message; to be called by {@link Server#admit}. */
  synchronized void count() {
    inFlight++;
  }

  private void send(String message) {
    if (key.isValid()) {
      key.interestOpsAnd(~SelectionKey.OP_READ);
    }
    sender =
        Thread.ofVirtual()
            .name("sender")
            .start(() -> {
              try {
                server.handlers.handOff(() -> handle(message));
              } catch (InterruptedException e) {
                replied(); // the deadline: nobody will handle it
              }
              server.later(this::sent);
            });
  }

  private void sent() {
    Server.joinAnyway(sender); // this was its last step
    sender = null;
    takeLines();
    if (sender == null && !ended && key.isValid()) {
      key.interestOpsOr(SelectionKey.OP_READ);
    }
    closeIfDone();
  }

  private void handle(String message) {
    try {
      reply(server.work.on(message));
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      replied();
      if (server.isCut()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reply(String text) throws IOException, InterruptedException {
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(ISO_8859_1));
    synchronized (replying) {
      while (channel.write(bytes) == 0 && bytes.hasRemaining()) {
        awaitWritable(); // the client does not read just now
      }
    }
  }

  private synchronized void awaitWritable() throws InterruptedException, IOException {
    blocked = true;
    server.later(this::watchWritable);
    while (blocked && !closed) {
      wait();
    }
    blocked = false;
  }

  private void watchWritable() {
    if (key.isValid()) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  private void replied() {
    synchronized (this) {
      inFlight--;
    }
    server.later(this::closeIfDone);
  }

  private synchronized boolean isIdle() {
    return inFlight == 0;
  }

  /** Closes when the server stops or the client has said all, and nothing is in flight. */
  void closeIfDone() {
    if (sender != null || !isIdle() || !(ended || server.isStopping())) {
      return;
    }
    for (int left = 1 << 24; left > 0 && !ended; ) { // what has come must not reset the connection
      int n = fill();
      if (n <= 0) {
        break;
      }
      left -= n;
    }
    close();
    server.ended(this);
  }

  void cutOff() {
    ended = true;
    close();
    if (sender != null) {
      sender.interrupt();
    }
    closeIfDone();
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
