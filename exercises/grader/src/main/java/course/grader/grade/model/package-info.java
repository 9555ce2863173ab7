/** What all parts of grading speak of: what a student handed in, and the mark for it. Immutable. */
package course.grader.grade.model;
