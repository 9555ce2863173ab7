/**
 * The code under test: which classes it is, and where {@linkplain course.interleave.schedule.Point
 * points} go in them as they are loaded; {@link JdkCalls} is the table of the JDK's calls. Who
 * explores makes one {@link CodeUnderTest} for all its runs, whose class loaders and threads may
 * all call it. It has a lock of its own; of other packages, who holds it calls only {@link
 * course.interleave.schedule.Points}.
 */
package course.interleave.code;
