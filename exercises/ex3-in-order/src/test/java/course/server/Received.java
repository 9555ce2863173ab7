package course.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A client that notes what it gets. It is not made for two threads at once, as a socket is not: the
 * tests hold threads inside it too, and fail if a second one comes.
 */
final class Received implements Client {
  private final List<String> replies = new ArrayList<>();
  private boolean sending;

  @Override
  public void send(String reply) {
    if (sending) {
      throw new AssertionError("a reply is sent while another one is being sent");
    }
    sending = true;
    replies.add(reply);
    sending = false;
  }

  /** Fails unless just these replies have come, in any order. */
  void areInAnyOrder(String... expected) {
    var sorted = new ArrayList<>(replies);
    Collections.sort(sorted);
    if (!sorted.equals(List.of(expected))) {
      throw new AssertionError(
          "the client got other replies:\n" + sorted + " in some order, not " + List.of(expected));
    }
  }

  /** Fails unless just these replies have come, in this order. */
  void are(String... expected) {
    if (!replies.equals(List.of(expected))) {
      throw new AssertionError(
          "the client got other replies:\n" + replies + ", not " + List.of(expected));
    }
  }
}
