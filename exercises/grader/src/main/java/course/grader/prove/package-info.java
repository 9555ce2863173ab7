/**
 * Proves that the exercises are what they claim to be, for maintainers: {@code check-exercises} and
 * the build ask for a proof. It asks the engine for many verdicts, on two threads that end with the
 * proof.
 */
package course.grader.prove;
