package course.interleave.schedule;

/**
 * What a thread is about to do to an object.
 *
 * @param target the object
 * @param viewed what the target is a view of; else the target itself
 * @param argument what it hands over, such as a key; null if that does not matter
 */
public record Use(Point point, Object target, Object viewed, Object argument) {}
