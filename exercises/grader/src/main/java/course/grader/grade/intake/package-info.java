/**
 * Reads what a class has handed in, whatever its shape: folders, archives, files, repositories.
 * Only the grade command calls it, and the results read a table with it. Nothing is unpacked,
 * checked out or run; what one student handed in is read when it is asked for, and never delays or
 * spoils the rest.
 */
package course.grader.grade.intake;
