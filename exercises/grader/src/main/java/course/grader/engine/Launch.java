package course.grader.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a JVM is started: with all rights of this one, or with fewer. Thread-safe. */
@FunctionalInterface
public interface Launch {
  /**
   * Starts a process.
   *
   * @param reads files that it must be able to read, beside its Java; some may not be there
   * @param own a folder in which it may do what it likes
   */
  Process start(ProcessBuilder builder, List<Path> reads, Path own) throws IOException;
}
