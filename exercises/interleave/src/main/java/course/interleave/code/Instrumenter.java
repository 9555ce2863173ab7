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
  final boolean targets;
  final Conflicts conflicts;
  final MethodReferences references = new MethodReferences(this);
  private final Points points;
  private final Map<String, Integer> counts = new HashMap<>(); // of points on a line

  /**
   * Makes one for one class.
   *
   * @param marked whether it is under test
   * @param targets whether points also know the objects that they act on; costs space, and a method
   *     has at most 64 KB
   */
  Instrumenter(
      ClassModel type,
      ClassFiles files,
      Points points,
      Conflicts conflicts,
      boolean marked,
      boolean targets) {
    model = type;
    this.files = files;
    this.points = points;
    this.conflicts = conflicts;
    this.marked = marked;
    this.targets = targets;
  }

  /**
   * Returns the class, rewritten.
   *
   * @throws IllegalArgumentException if a method gets too long
   */
  byte[] rewrite() {
    return files.classFile.transformClass(
        model, ((ClassTransform) this::with).andThen(ClassTransform.endHandler(references::addTo)));
  }

  private void with(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && method.code().isPresent()) {
      builder.transformMethod(method, new MethodInstrumenter(this, method).ofMethod());
    } else {
      builder.with(element);
    }
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
