/** Starts each lesson's server, sends each the same burst, and shows them side by side. */
package course.client.tour;
