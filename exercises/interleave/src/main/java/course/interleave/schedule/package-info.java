/**
 * An order of steps as data: the points that threads pass, the schedule that says who is held where
 * and who is next, and what a run asked it. Everybody may call it; it knows no thread. Nothing here
 * takes a lock but {@link Points}, its own.
 */
package course.interleave.schedule;
