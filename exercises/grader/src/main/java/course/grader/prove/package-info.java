/**
 * Proves that the exercises are what they claim to be, for maintainers: {@code check-exercises} and
 * the build ask for a proof. It asks the engine for many verdicts, on threads that end with {@link
 * course.grader.prove.Verdicts}.
 */
package course.grader.prove;
