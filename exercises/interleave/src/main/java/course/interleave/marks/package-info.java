/**
 * What rewritten code calls: marked classes before they do what the mark is about, and all classes
 * of a run instead of a call of the JDK's by which they wait or know the time. It is loaded in a
 * copy that no other run uses meanwhile: so it has no state but the {@link
 * course.interleave.turns.Gate} of that run. It takes no lock; the gate takes that of the run.
 */
package course.interleave.marks;
