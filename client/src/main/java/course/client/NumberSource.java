package course.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The messages 1, 2, 3 …: the first at once, and a pause before each other one. */
final class NumberSource implements MessageSource {
  private final String prefix;
  private final long count;
  private final Duration every;
  private long given;

  /**
   * @param prefix what stands before each number
   * @param count how many messages there are
   * @param every the pause between two
   */
  NumberSource(String prefix, long count, Duration every) {
    this.prefix = prefix;
    this.count = count;
    this.every = every;
  }

  @Override
  public Optional<byte[]> next() throws InterruptedException {
    if (given == count) {
      return Optional.empty();
    }
    if (given > 0) {
      Thread.sleep(every);
    }
    given++;
    return Optional.of((prefix + given).getBytes(StandardCharsets.US_ASCII));
  }
}
