package course.interleave.code;

import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** The table of the JDK's calls that return a view of a collection or map, and no copy. */
final class JdkViews {
  /** As the rows of {@link JdkCalls}: of their target, or of what a static method is given. */
  private static final List<JdkCalls.Row> ROWS =
      """
      java.util.Map                           CALL    CODE     keySet values entrySet reversed
      java.util.Map                           CALL    CODE     sequenced* navigable* descending*
      java.util.Map                           CALL    CODE     subMap headMap tailMap
      java.util.Collection                    CALL    CODE     subList subSet headSet tailSet
      java.util.Collection                    CALL    CODE     reversed descendingSet
      java.util.Collections                   CALL    CODE     unmodifiable* checked*
      """
          .lines()
          .map(JdkCalls.Row::of)
          .toList();

  private JdkViews() {}

  /** Returns whether a call returns a view. */
  static boolean isView(Class<?> owner, String name, MethodTypeDesc signature) {
    return JdkCalls.firstFit(ROWS, owner, name, signature) != null;
  }
}
