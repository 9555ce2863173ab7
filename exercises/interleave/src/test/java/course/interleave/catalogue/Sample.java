package course.interleave.catalogue;

import course.interleave.Interleavings;
import course.interleave.Scenario;

/**
 * A bug, and the same code without it.
 *
 * @param name what the bug is called
 * @param group the class that holds both, and is under test
 * @param broken a scenario in which the bug can show
 * @param fixed the same scenario with the correct code
 */
record Sample(String name, Class<?> group, Scenario broken, Scenario fixed) {
  Interleavings interleavings() {
    return Interleavings.of(group.getDeclaredClasses());
  }

  @Override
  public String toString() {
    return name;
  }
}
