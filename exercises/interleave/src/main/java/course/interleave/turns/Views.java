package course.interleave.turns;

import java.util.IdentityHashMap;

/**
 * Which collections and maps of the JDK's are views of others, such as the keys of a map: who uses
 * the one uses the other. Thread-safe.
 */
final class Views {
  /** By view; guarded by this. */
  private final IdentityHashMap<Object, Object> viewed = new IdentityHashMap<>();

  /**
   * A call on the other, or with it, has returned the one. Not of code under test: what that has
   * overridden may return a copy. Nor what the other shows already: a view's view may be what it
   * shows, and what is wrapped again may come back as it is.
   */
  synchronized void add(Object view, Object of) {
    boolean isJdks = of != null && of.getClass().getClassLoader() == null;
    if (isJdks && view != null && !shows(of, view)) {
      viewed.put(view, of);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  private boolean shows(Object view, Object object) {
    Object of = view;
    while (of != null && of != object) {
      of = viewed.get(of);
    }
    return of != null;
  }

  /** Returns what an object is a view of in the end, itself if it is none. */
  synchronized Object viewedBy(Object object) {
    Object of = object;
    for (Object next; (next = viewed.get(of)) != null; ) {
      of = next;
    }
    return of;
  }
}
