package course.interleave;

/** Has a helper in its file, as students' classes do. */
final class Desk {
  private final Drawer drawer = new Drawer();

  void putOneIn() {
    drawer.putOneIn();
  }

  int sheets() {
    return drawer.sheets;
  }
}

/** Belongs to {@link Desk}. */
final class Drawer {
  int sheets;

  void putOneIn() {
    sheets++;
  }
}
