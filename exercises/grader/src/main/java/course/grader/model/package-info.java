/**
 * The course's exercises as files, and what can be said of them: an exercise, its page, what a
 * student has written, a verdict. All of the grader may use it, and it uses nothing of the grader.
 * Its types are immutable; no thread of their own.
 */
package course.grader.model;
