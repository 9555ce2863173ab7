/**
 * What a student's compiled classes may use. Only the grade command calls it, with the bytes that
 * the compiler made; no class of a student's is ever loaded here.
 */
package course.grader.grade.walls;
