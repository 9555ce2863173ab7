package course.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client's socket, from accept to close. Its thread reads, hands off, and closes. */
final class Connection {
  private static final int CHUNK = 1 << 16;

  private final Server server;
  private final SocketChannel channel;
  private final Selector selector; // its thread waits here, for input or a wake-up
  private final Thread thread =
      Thread.ofPlatform().daemon().name("connection").unstarted(this::serve);
  private final Object replying = new Object(); // whoever has it replies: two must not mix
  private int inFlight; // messages counted and not replied to; guarded by this
  private boolean stopping; // no message is counted any more; guarded by this
  private boolean cut; // the deadline was up; guarded by this

  Connection(Server server, SocketChannel channel) throws IOException {
    this.server = server;
    this.channel = channel;
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  void start() {
    thread.start();
  }

  boolean hasEnded() {
    return !thread.isAlive();
  }

  void join() throws InterruptedException {
    thread.join();
  }

  private void serve() {
    try {
      try (selector;
          channel) {
        readMessages();
        awaitReplies(); // a client that has said all still gets its replies
      } catch (IOException e) {
        // The client is gone, or the deadline was up.
      }
      awaitReplies(); // somebody may still work for a client that is gone
    } catch (InterruptedException e) {
      // The deadline was up.
    }
  }

  private void readMessages() throws IOException, InterruptedException {
    int patience = 1 << 24; // bytes: a client that never stops sending is not waited for
    var buffer = ByteBuffer.allocate(8192);
    var line = new ByteArrayOutputStream();
    while (true) {
      boolean done = isDone(); // first: what has come until then is still read
      int n = channel.read(buffer.clear());
      if (n < 0 || done && (n == 0 || (patience -= n) <= 0)) {
        return;
      }
      if (n == 0) {
        selector.select();
        selector.selectedKeys().clear();
      } else if (isStopping()) {
        line.reset(); // nothing makes it a message any more
      } else {
        take(buffer.flip(), line);
      }
    }
  }

  private void take(ByteBuffer buffer, ByteArrayOutputStream line) throws InterruptedException {
    while (buffer.hasRemaining()) {
      byte b = buffer.get();
      if (b != '\n') {
        line.write(b);
      } else {
        String message = line.toString(ISO_8859_1);
        line.reset();
        handOff(message.endsWith("\r") ? message.substring(0, message.length() - 1) : message);
      }
    }
  }

  private void handOff(String message) throws InterruptedException {
    synchronized (this) {
      if (stopping) {
        return;
      }
      inFlight++;
    }
    try {
      server.handlers.handOff(() -> handle(message));
    } catch (InterruptedException e) {
      replied();
      throw e;
    }
  }

  private synchronized void replied() {
    inFlight--;
    notifyAll();
    if (isDone()) {
      selector.wakeup();
    }
  }

  private synchronized void awaitReplies() throws InterruptedException {
    while (inFlight > 0 && !cut) {
      wait();
    }
  }

  private void handle(String message) {
    try {
      if (!server.isCut()) {
        reply(server.work.on(message));
      }
    } catch (IOException e) {
      // The client is gone: nobody waits for this reply.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool closes: its handler must see that too
    } finally {
      replied();
      if (server.isCut()) {
        Thread.currentThread().interrupt(); // also if the work has swallowed it
      }
    }
  }

  private void reply(String text) throws IOException, InterruptedException {
    byte[] bytes = (text + "\n").getBytes(ISO_8859_1);
    synchronized (replying) {
      for (int from = 0; from < bytes.length; ) {
        int n = channel.write(ByteBuffer.wrap(bytes, from, Math.min(CHUNK, bytes.length - from)));
        from += n;
        if (n == 0) {
          Thread.sleep(1); // the client does not read as fast
        }
      }
    }
  }

  /** No further message is taken; its thread closes once nothing is in flight. Does not wait. */
  synchronized void stop() {
    stopping = true;
    if (isDone()) {
      selector.wakeup();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized boolean isDone() {
    return stopping && inFlight == 0;
  }

  /** Ends this connection, whatever is in flight. Does not wait. */
  void cut() {
    synchronized (this) {
      cut = true;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
    thread.interrupt(); // it may wait for input, for a handler, or for replies
    selector.wakeup();
  }
}
