/**
 * A systematic tester for concurrent code: {@link Interleavings} is where to begin. Tests call this
 * package, and nothing else of interleave. It takes no lock. Only {@link Foreign} starts threads.
 */
package course.interleave;
