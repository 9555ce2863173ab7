/**
 * What runs in the JVM that runs a student's code: as little as can be. Only the engine starts it
 * and speaks to it. Its tests run on its main thread.
 */
package course.grader.engine.runner;
