/** What marked classes call while they run; not for use in tests. */
package course.interleave.marks;
