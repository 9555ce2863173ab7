/**
 * Writes what an instructor gets, and keeps what a later run goes on from. Only the grade command
 * calls it. Whatever a student printed or is called is data here, in each format.
 */
package course.grader.grade.results;
