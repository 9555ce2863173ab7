package course.grader.watch;

import java.io.IOException;
import java.util.function.Consumer;
import org.jline.utils.NonBlockingReader;

/** Reads keys from a terminal, on a thread of its own, and tells of each. */
final class Keys implements AutoCloseable {
  /** A read can't be interrupted, so it must end by itself to see that it should. */
  private static final long LOOK_UP_MS = 100;

  private final NonBlockingReader terminal;
  private final Consumer<Event> events;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("reads keys").unstarted(this::read);
  private volatile boolean closed;

  Keys(NonBlockingReader terminal, Consumer<Event> events) {
    this.terminal = terminal;
    this.events = events;
    thread.start();
  }

  private void read() {
    try {
      while (!closed) {
        int key = terminal.read(LOOK_UP_MS);
        if (key == NonBlockingReader.EOF) {
          return;
        }
        if (key != NonBlockingReader.READ_EXPIRED) {
          events.accept(new Event.Key((char) key));
        }
      }
    } catch (IOException e) {
      // The terminal is gone.
    }
  }

  /** Ends the thread: while it reads, the terminal can't be closed. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
