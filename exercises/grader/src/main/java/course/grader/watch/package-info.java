/**
 * Runs an exercise's tests each time that a student saves a file. Only the command line starts it.
 * One thread has all the state; those that read keys, look for saved files and wait for verdicts
 * send it events.
 */
package course.grader.watch;
