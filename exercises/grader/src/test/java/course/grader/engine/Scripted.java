package course.grader.engine;

import course.grader.engine.runner.Wire;
import course.grader.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A runner that says what was written before, whatever it is asked, and then ends. */
public final class Scripted implements RunnerProcess {
  private final byte[] script;
  private final AtomicInteger closed = new AtomicInteger();

  private Scripted(byte[] script) {
    this.script = script;
  }

  /** One that is ready, and then says this. */
  public static Scripted says(List<List<String>> messages) {
    var said = new ByteArrayOutputStream();
    var wire = new Wire(InputStream.nullInputStream(), said);
    try {
      wire.send("ready");
      for (List<String> message : messages) {
        wire.send(message.toArray(String[]::new));
      }
    } catch (IOException e) {
      throw new AssertionError(e); // it is written into memory
    }
    return new Scripted(said.toByteArray());
  }

  /** The end of a test, as a runner tells it. */
  public static List<String> ends(Outcome outcome) {
    return List.of("ends", outcome.name(), "", "", "", "");
  }

  /** Returns how often it was closed. */
  int closed() {
    return closed.get();
  }

  @Override
  public Wire connect() {
    return new Wire(new ByteArrayInputStream(script), OutputStream.nullOutputStream());
  }

  @Override
  public void readLimit(int millis) {}

  @Override
  public String printed() {
    return "";
  }

  @Override
  public String end() {
    return "";
  }

  @Override
  public boolean hasCrashed() {
    return false;
  }

  @Override
  public void kill() {}

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
