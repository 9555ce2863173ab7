/** Sends a burst of messages to a server and names how it handled them, from the replies alone. */
package course.client.observe;
