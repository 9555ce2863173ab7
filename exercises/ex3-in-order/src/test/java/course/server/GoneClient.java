package course.server;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A client that gets one reply at most, and is gone. It notes what was sent to it. */
final class GoneClient implements Client {
  /** Open when two replies were sent. */
  final CountDownLatch two = new CountDownLatch(2);

  private final Queue<String> sent = new ConcurrentLinkedQueue<>();
  private final String only;

  /**
   * @param only the one reply that it gets
   */
  GoneClient(String only) {
    this.only = only;
  }

  @Override
  public void send(String reply) throws IOException {
    sent.add(reply);
    two.countDown();
    if (!reply.equals(only)) {
      throw new IOException("the client is gone");
    }
  }

  /** Fails if it was told of a message that failed: none has. */
  void gotNoError() {
    if (sent.contains("ERROR")) {
      throw new AssertionError("no message failed, but ERROR was sent: " + sent);
    }
  }
}
