package course.interleave.run;

import course.interleave.turns.Scheduler;

/** How the run's own copy of a scenario is run. */
@FunctionalInterface
public interface Program {
  /**
   * Runs it on the current thread.
   *
   * @param copy of what was written as the scenario
   * @param threads starts further ones
   * @throws Exception or an {@link AssertionError}: the run has failed
   */
  void run(Object copy, Scheduler threads) throws Exception;
}
