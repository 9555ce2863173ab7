package course.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The replies to one connection's messages. Who finds the first one ready sends it. */
final class Replies {
  private static final class Slot {
    boolean ready;
    String reply;
  }

  private final Handler handler;
  private final Client client;
  private final Object lock = new Object();
  private final Map<Integer, Slot> pending = new HashMap<>(); // by number, the oldest first
  private int arrived; // guarded by lock
  private boolean sending; // guarded by lock

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    Slot slot = new Slot();
    synchronized (lock) {
      pending.put(arrived++, slot);
    }
    Thread.ofVirtual().start(() -> handle(message, slot));
  }

  void awaitAll() throws InterruptedException {
    synchronized (lock) {
      while (sending || !pending.isEmpty()) {
        lock.wait();
      }
    }
  }

  private void handle(String message, Slot slot) {
    String reply;
    try {
      reply = handler.handle(message);
    } catch (Exception e) {
      reply = "ERROR";
    }
    synchronized (lock) {
      slot.reply = reply;
      slot.ready = true;
      if (sending) {
        return; // the one that sends will see it
      }
      sending = true;
    }
    for (Slot next; (next = takeFirst()) != null; ) {
      Thread.interrupted();
      try {
        client.send(next.reply);
      } catch (IOException e) {
        // gone
      }
    }
  }

  /** The oldest one, if it is ready; if not, nobody sends any more. */
  private Slot takeFirst() {
    synchronized (lock) {
      Iterator<Slot> slots = pending.values().iterator();
      if (slots.hasNext()) {
        Slot first = slots.next();
        if (first.ready) {
          slots.remove();
          return first;
        }
      }
      sending = false;
      lock.notifyAll();
      return null;
    }
  }
}
