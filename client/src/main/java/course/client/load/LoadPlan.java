package course.client.load;

import java.time.Duration;

/**
 * What load is to be put on a server.
 *
 * @param connections how many, at least 1
 * @param pace when messages are sent
 * @param size of each message, in bytes without its line ending
 * @param warmup how long to go on before anything is measured
 * @param duration how long to measure
 * @param drain the longest wait for replies that are still out at the end
 */
record LoadPlan(
    int connections, Pace pace, int size, Duration warmup, Duration duration, Duration drain) {

  /** When messages are sent. */
  sealed interface Pace {}

  /**
   * A closed loop: each reply lets the next message go, so a slow server slows the load down.
   *
   * @param depth how many messages of a connection are out at once
   */
  record Closed(int depth) implements Pace {}

  /**
   * An open loop: messages are sent on time, however slow the server is, as by users who know
   * nothing of each other.
   *
   * @param rate messages a second, over all connections
   */
  record Open(double rate) implements Pace {
    /** When message k is due, in nanoseconds after the start. */
    long due(long k) {
      return (long) (k * (1e9 / rate));
    }
  }
}
