/**
 * Compiles a student's files and runs tests on them, in JVMs of their own. Whoever needs a verdict
 * asks {@link course.grader.engine.Engine}, from any thread; the threads that start JVMs and read
 * what they print end with it.
 */
package course.grader.engine;
