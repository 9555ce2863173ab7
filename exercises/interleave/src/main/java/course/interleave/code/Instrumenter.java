package course.interleave.code;

import static java.lang.constant.ConstantDescs.CD_void;

import course.interleave.marks.Marks;
import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import course.interleave.schedule.Points;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a class as it is loaded: puts a call to {@link Marks} before each action by which
 * threads meet. In a class that is not under test it only makes new threads known. Any loop ends
 * when its run is over.
 */
final class Instrumenter {
  static final ClassDesc MARKS = Marks.class.describeConstable().orElseThrow();

  final ClassModel model;
  final ClassFiles files;
  final boolean marked;
  final Conflicts conflicts;
  private final Points points;
  private final Map<MethodModel, Level> levels = new HashMap<>(); // FULL unless it is in there

  // Of the present attempt.
  MethodReferences references;
  private final Map<String, Integer> counts = new HashMap<>(); // of points on a line

  /** How far a method is marked: marks cost space, and a method has at most 64 KB. */
  private enum Level {
    /** With the objects that points act on. */
    FULL,
    WITHOUT_TARGETS,
    AS_IT_IS
  }

  /**
   * Makes one for one class.
   *
   * @param marked whether it is under test
   */
  Instrumenter(
      ClassModel type, ClassFiles files, Points points, Conflicts conflicts, boolean marked) {
    model = type;
    this.files = files;
    this.points = points;
    this.conflicts = conflicts;
    this.marked = marked;
  }

  /** Returns the class, rewritten; methods that get too long as far as they can be. */
  byte[] rewrite() {
    try {
      return attempt();
    } catch (RuntimeException e) { // a method too long, or a form of it that is not known
      findLevels();
      return attempt();
    }
  }

  /** Returns which methods could not be marked. */
  List<String> leftOut() {
    return levels.entrySet().stream()
        .filter(each -> each.getValue() == Level.AS_IT_IS)
        .map(each -> each.getKey().methodName().stringValue())
        .sorted()
        .toList();
  }

  private void findLevels() {
    var found = new HashMap<MethodModel, Level>();
    for (MethodModel method : model.methods()) {
      model.methods().forEach(other -> levels.put(other, Level.AS_IT_IS));
      found.put(method, highestLevel(method));
    }
    levels.putAll(found);
  }

  /** Marks just that method. */
  private Level highestLevel(MethodModel method) {
    for (Level level : List.of(Level.FULL, Level.WITHOUT_TARGETS)) {
      levels.put(method, level);
      try {
        attempt();
        return level;
      } catch (RuntimeException e) {
        // The next needs less space.
      }
    }
    return Level.AS_IT_IS;
  }

  private byte[] attempt() {
    references = new MethodReferences(this);
    counts.clear();
    return files.classFile.transformClass(
        model, ((ClassTransform) this::with).andThen(ClassTransform.endHandler(references::addTo)));
  }

  private void with(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && isRewritten(method)) {
      boolean targets = levels.get(method) != Level.WITHOUT_TARGETS;
      builder.transformMethod(method, new MethodInstrumenter(this, method, targets).ofMethod());
    } else {
      builder.with(element);
    }
  }

  private boolean isRewritten(MethodModel method) {
    return method.code().isPresent() && levels.get(method) != Level.AS_IT_IS;
  }

  /** Emits a call of a method of {@link Marks}. */
  static CodeBuilder mark(CodeBuilder builder, String method, ClassDesc... parameters) {
    return builder.invokestatic(MARKS, method, MethodTypeDesc.of(CD_void, parameters));
  }

  /** Returns a new point; its place is the class without its package, and the method as written. */
  Point point(MethodModel method, int line, Action action, String subject) {
    String name = model.thisClass().asInternalName();
    String simple = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
    String in =
        method.methodName().stringValue().replaceFirst("^lambda\\$(.*)\\$[^$]*$", "lambda in $1");
    String place = simple + (in.equals("<init>") ? " constructor" : "." + in);
    int nth = counts.merge(place + ":" + line, 1, Integer::sum);
    return points.at(place, line, nth, action, subject);
  }
}
