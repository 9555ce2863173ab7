package course.interleave;

import java.io.Serializable;

/**
 * A few threads on a fresh object, and an assertion: what {@link Interleavings#explore} runs again
 * and again, each time in another order. Written as a lambda in a test.
 *
 * <p>Each run gets the lambda anew, in fresh copies of the test's class and of the code under test:
 * static fields start from nothing, and what one run does no other run sees. The interface is
 * {@link Serializable} so that the lambda can be carried over. So whatever the code under test
 * declares must be made inside the scenario; what the lambda captures from outside may be numbers,
 * strings, enums, and objects of the JDK.
 */
@FunctionalInterface
public interface Scenario extends Serializable {
  /**
   * Runs once, on a thread of its own.
   *
   * @param run starts the scenario's threads and waits for them
   * @throws Exception or an {@link AssertionError}: this order of steps is a failure
   */
  void run(Run run) throws Exception;
}
