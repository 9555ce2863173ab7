package course.client;

import java.io.IOException;
import java.util.Optional;

/** Where a client gets its messages from. Used by one thread, the client's sender. */
interface MessageSource {
  /**
   * Waits until the next message is to be sent.
   *
   * @return the message, or empty when there are no more
   * @throws InterruptedException if the sender is no longer needed
   * @throws IOException if there can be no more messages because something failed
   */
  Optional<byte[]> next() throws IOException, InterruptedException;
}
