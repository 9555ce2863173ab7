/** The grader's command line. It may call each of the packages below, and none of them calls it. */
package course.grader;
