/** What runs in the JVM that runs a student's code: as little as can be. */
package course.grader.runner;
