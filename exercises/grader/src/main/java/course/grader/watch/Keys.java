package course.grader.watch;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jline.utils.NonBlockingReader;

/** Reads keys from a terminal, on a thread of its own, and tells of each. */
final class Keys implements AutoCloseable {
  /** A read can't be interrupted, so it must end by itself to see that it should. */
  private static final long LOOK_UP_MS = 100;

  private final NonBlockingReader terminal;
  private final Consumer<Event> events;
  private final IntSupplier question;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("reads keys").unstarted(this::read);
  private volatile boolean closed;

  /**
   * Begins to read.
   *
   * @param question gives the number of the question on the screen; 0 if there is none
   */
  Keys(NonBlockingReader terminal, Consumer<Event> events, IntSupplier question) {
    this.terminal = terminal;
    this.events = events;
    this.question = question;
    thread.start();
  }

  private void read() {
    int answers = 0; // the question that the next key may answer
    try {
      while (!closed) {
        int onScreen = question.getAsInt();
        int key = terminal.read(LOOK_UP_MS);
        if (key == NonBlockingReader.EOF) {
          return;
        }
        if (key == NonBlockingReader.READ_EXPIRED) {
          answers = onScreen; // all that was typed before it was there has been read
        } else {
          events.accept(new Event.Key((char) key, answers));
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
