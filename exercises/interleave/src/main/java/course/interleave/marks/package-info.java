/**
 * What marked code calls before it does what the mark is about. Only marked classes call it, in a
 * copy that no other run uses meanwhile: so it has no state but the {@link
 * course.interleave.turns.Gate} of that run. It takes no lock; the gate takes that of the run.
 */
package course.interleave.marks;
