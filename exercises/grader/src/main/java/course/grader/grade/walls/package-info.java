/**
 * What a student's compiled classes may use. The grade command calls it, with the bytes that the
 * compiler made, and so do those who tell a student beforehand; no class of a student's is ever
 * loaded here.
 */
package course.grader.grade.walls;
