/**
 * Containers in which a student's code is compiled and run: the image, its walls, and a JVM that
 * waits in each. Only the grade command calls it; who takes a container closes it.
 */
package course.grader.grade.sandbox;
