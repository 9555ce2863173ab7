/**
 * Makes the branches that students work on, and the repository that they clone, out of git's data
 * alone. Only the command line starts it. All is done on the calling thread.
 */
package course.grader.branches;
