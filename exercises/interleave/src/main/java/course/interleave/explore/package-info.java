/**
 * Which orders of steps to try, and what is told of the one that fails. The API calls it, one
 * exploration at a time for each {@link Search}. Explorations share nothing, and take no lock.
 */
package course.interleave.explore;
