/**
 * One run from start to end: fresh copies of the classes, the scenario's copy in them, and what is
 * cleared up. Called by what explores, with one run at a time for each copy. It takes no lock of
 * its own: the threads of a run are the business of its {@link course.interleave.turns.Scheduler}.
 */
package course.interleave.run;
