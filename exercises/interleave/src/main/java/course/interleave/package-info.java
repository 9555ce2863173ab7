/** A systematic concurrency tester: {@link course.interleave.Interleavings} is where to start. */
package course.interleave;
