package course.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;

/**
 * The lines of an input, such as the keyboard.
 *
 * <p>A read from the keyboard can't be interrupted. So a thread of its own reads, and hands each
 * line over to the sender, whose wait can be: when the server goes away, the sender ends although
 * nobody has pressed a key. The reading thread is a daemon, so it does not keep the program alive.
 */
final class InputSource implements MessageSource {
  private record Line(Optional<byte[]> text, IOException failure) {}

  // No buffer between: what has not been asked for stays unread, in a pipe for example.
  private final SynchronousQueue<Line> handOff = new SynchronousQueue<>();

  InputSource(InputStream in) {
    Thread.ofPlatform().daemon().name("input").start(() -> readAll(in));
  }

  @Override
  public Optional<byte[]> next() throws IOException, InterruptedException {
    var line = handOff.take();
    if (line.failure() != null) {
      throw line.failure();
    }
    return line.text();
  }

  private void readAll(InputStream in) {
    try {
      var lines = new LineReader(in, LineConnection.MAX_MESSAGE_BYTES);
      try {
        Optional<byte[]> line;
        do {
          line = lines.read();
          handOff.put(new Line(line, null));
        } while (line.isPresent());
      } catch (IOException e) {
        handOff.put(new Line(Optional.empty(), e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; were it so, ending is right
    }
  }
}
