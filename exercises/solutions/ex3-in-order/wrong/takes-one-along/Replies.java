package course.server;

import java.io.IOException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The replies to one connection's messages: a queue of places, which are filled in any order. */
final class Replies {
  private static final class Place {
    String reply;
    volatile boolean filled;
  }

  private final Handler handler;
  private final Client client;
  private final ReentrantLock replying = new ReentrantLock();
  private final Queue<Place> places = new ConcurrentLinkedQueue<>(); // taken while replying
  private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

  Replies(Handler handler, Client client) {
    this.handler = handler;
    this.client = client;
  }

  void message(String message) {
    Place place = new Place();
    places.add(place);
    Thread thread = Thread.ofVirtual().unstarted(() -> handle(message, place));
    handlers.add(thread);
    thread.start();
  }

  void awaitAll() throws InterruptedException {
    for (Thread thread : handlers) {
      thread.join();
    }
    replying.lock();
    try {
      while (!places.isEmpty()) {
        sendFirst();
      }
    } finally {
      replying.unlock();
    }
  }

  private void handle(String message, Place place) {
    try {
      try {
        place.reply = handler.handle(message);
      } catch (Exception e) {
        place.reply = "ERROR";
      }
      place.filled = true;
      Thread.interrupted(); // left by the handler
      replying.lock();
      try {
        if (places.peek() == place) {
          sendFirst();
          Place next = places.peek();
          if (next != null && next.filled) { // it was ready before this one
            sendFirst();
          }
        }
      } finally {
        replying.unlock();
      }
    } finally {
      handlers.remove(Thread.currentThread());
    }
  }

  private void sendFirst() {
    try {
      client.send(places.remove().reply);
    } catch (IOException e) {
      // The client is gone.
    }
  }
}
