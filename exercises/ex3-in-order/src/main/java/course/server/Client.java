package course.server;

import java.io.IOException;

/** The other side of a connection. One thread at a time may send: two replies must not mix. */
@FunctionalInterface
interface Client {
  /** Sends a reply; throws an IOException if the client is gone. */
  void send(String reply) throws IOException;
}
