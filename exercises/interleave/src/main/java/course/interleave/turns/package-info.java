/**
 * Whose turn it is: the threads of one run, where each stands, who goes next, and why a run has
 * failed. The marks in the code under test call {@link Gate}, a run calls {@link Scheduler}. What
 * decides is guarded by one lock, that of {@link RunState}; what has another says so.
 */
package course.interleave.turns;
