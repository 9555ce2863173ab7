package course.interleave.code;

import course.interleave.code.Conflicts.Effect;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the JDK's calls that use a collection or a map which they are given. */
final class JdkArguments {
  /** What overrides one of these decides itself how it is read. */
  static final Set<String> READ_BY = Set.of("toArray", "iterator", "entrySet", "forEach");

  /** As the rows of {@link JdkCalls}, but for what is done to the argument. */
  private static final List<JdkCalls.Row> ROWS =
      """
      java.util.Collections                   NONE    CODE     unmodifiable* synchronized* checked*
      java.util.Collections                   NONE    CODE     newSetFromMap asLifoQueue
      java.util.Collections                   CHANGE  CODE     sort addAll
      java.util.Collections                   CALL    CODE     *
      java.util.concurrent.BlockingQueue      CHANGE  CODE     drainTo
      java.util.Collection                    CALL    CODE     <init> copyOf addAll containsAll
      java.util.Collection                    CALL    CODE     removeAll retainAll
      java.util.EnumSet                       CALL    CODE     complementOf
      java.util.Map                           CALL    CODE     <init> copyOf putAll
      java.lang.String                        CALL    CODE     join
      """
          .lines()
          .map(JdkCalls.Row::of)
          .toList();

  private JdkArguments() {}

  /**
   * A collection or map that a call is given.
   *
   * @param index which of the arguments it is, from 0
   */
  record Given(int index, Effect effect) {}

  /** Returns what a call is given and uses; null if that is nothing. */
  static Given given(Class<?> owner, String name, MethodTypeDesc signature) {
    for (int i = 0; i < signature.parameterCount(); i++) {
      if (isCollection(signature.parameterType(i))) {
        JdkCalls.Row row = JdkCalls.firstFit(ROWS, owner, name, signature);
        return row == null || row.action() == null ? null : new Given(i, row.effect());
      }
    }
    return null;
  }

  private static boolean isCollection(ClassDesc type) {
    String name = type.descriptorString();
    if (!name.startsWith("Ljava/util/")) {
      return name.equals("Ljava/lang/Iterable;");
    }
    try {
      Class<?> found = Class.forName(name.substring(1, name.length() - 1).replace('/', '.'));
      return Collection.class.isAssignableFrom(found) || Map.class.isAssignableFrom(found);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
