/** Grades a class. The command calls each of the packages below, and none of them calls it. */
package course.grader.grade;
