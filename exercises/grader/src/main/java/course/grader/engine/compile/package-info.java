/**
 * The JDK's compiler: in this JVM for our own sources and a student who tries their own, in a JVM
 * in a sandbox for a class that is graded. The engine and the sandbox call it.
 */
package course.grader.engine.compile;
