package course.interleave.code;

import static course.interleave.code.Instrumenter.mark;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_int;

import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;

/** Walks one method from its first instruction to its last, and rewrites it. */
final class MethodInstrumenter implements CodeTransform {
  final Instrumenter type;
  final boolean targets;
  private final MethodModel method;
  private final CodeModel code;
  private final boolean synchronised;
  private final boolean initialiser;
  private final Set<Label> passed = new HashSet<>();
  private int line;
  private Label start;

  /**
   * Makes one for one method.
   *
   * @param targets whether points also know the objects that they act on; costs space
   */
  MethodInstrumenter(Instrumenter type, MethodModel method, boolean targets) {
    this.type = type;
    this.targets = targets;
    this.method = method;
    code = method.code().orElseThrow();
    synchronised = method.flags().has(AccessFlag.SYNCHRONIZED);
    initialiser = method.methodName().equalsString("<clinit>");
  }

  /**
   * A synchronized method becomes a synchronized block, so that entering it has a point. Who holds
   * a monitor is told of other code as well: whoever has that may be held in code under test.
   */
  MethodTransform ofMethod() {
    return (builder, element) -> {
      switch (element) {
        case CodeModel body -> builder.transformCode(body, this);
        case AccessFlags flags when synchronised ->
            builder.withFlags(flags.flagsMask() & ~ClassFile.ACC_SYNCHRONIZED);
        default -> builder.with(element);
      }
    };
  }

  /** Whether calls are points: a static initialiser runs undisturbed. */
  boolean marksCalls() {
    return type.marked && !initialiser;
  }

  Point point(Action action, String subject) {
    return type.point(method, line, action, subject);
  }

  @Override
  public void atStart(CodeBuilder builder) {
    if (type.marked) {
      mark(builder, "reached");
    }
    if (initialiser) {
      mark(builder.iconst_1(), "initialising", CD_int);
    }
    if (synchronised) {
      line = firstLine();
      enter(
          loadMonitor(builder.lineNumber(line)),
          "synchronized " + method.methodName().stringValue());
    }
    if (synchronised || initialiser) {
      start = builder.newBoundLabel();
    }
  }

  private int firstLine() {
    return code.elementStream()
        .map(element -> element instanceof LineNumber number ? number.line() : 0)
        .filter(number -> number > 0)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void atEnd(CodeBuilder builder) {
    if (start != null) {
      Label end = builder.newBoundLabel();
      leave(builder.exceptionCatchAll(start, end, end)).athrow();
    }
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof LineNumber number) {
      line = number.line();
    }
    switch (element) {
      case InvokeInstruction call -> invoke(builder, call);
      case InvokeDynamicInstruction made ->
          builder.invokedynamic(type.references.rewrite(made, this, line));
      case FieldInstruction field when type.marked && type.files.mayChange(field) ->
          arrive(builder, isRead(field) ? Action.READ : Action.WRITE, field.name().stringValue())
              .with(field);
      case ArrayLoadInstruction load when type.marked ->
          arrive(builder, Action.READ, "an array's element").with(load);
      case ArrayStoreInstruction store when type.marked ->
          arrive(builder, Action.WRITE, "an array's element").with(store);
      case MonitorInstruction monitor when monitor.opcode() == Opcode.MONITORENTER ->
          enter(builder, "a synchronized block");
      case MonitorInstruction _ -> exit(builder);
      case ReturnInstruction end when start != null -> leave(builder).with(end);
      case BranchInstruction branch when passed.contains(branch.target()) ->
          mark(builder, "looping").with(branch);
      case LabelTarget target -> {
        passed.add(target.label());
        builder.with(target);
        if (swallows(target.label())) {
          mark(builder.dup(), "caught", CD_Throwable);
        }
      }
      default -> builder.with(element);
    }
  }

  /** Whether a handler would catch the error that ends a thread when its run is over. */
  private boolean swallows(Label handler) {
    return code.exceptionHandlers().stream()
        .filter(caught -> caught.handler().equals(handler))
        .flatMap(caught -> caught.catchType().stream())
        .anyMatch(type -> type.asInternalName().matches("java/lang/(Throwable|Error)"));
  }

  private static boolean isRead(FieldInstruction field) {
    return field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
  }

  private void invoke(CodeBuilder builder, InvokeInstruction call) {
    Class<?> owner =
        type.files.jdkOwner(
            call.owner().asInternalName(), call.name().stringValue(), call.type().stringValue());
    if (owner == null) {
      builder.with(call);
    } else {
      callAt(line, builder, call, owner);
    }
  }

  /** Emits a call of a method of the JDK, whose points are on the line. */
  void callAt(int itsLine, CodeBuilder builder, InvokeInstruction call, Class<?> owner) {
    line = itsLine;
    builder.block(block -> new CallInstrumenter(this, block, call, owner).emit());
  }

  private CodeBuilder arrive(CodeBuilder builder, Action action, String subject) {
    return mark(builder.loadConstant(point(action, subject).id()), "arrive", CD_int);
  }

  private CodeBuilder loadMonitor(CodeBuilder builder) {
    return method.flags().has(AccessFlag.STATIC)
        ? builder.loadConstant(type.model.thisClass().asSymbol())
        : builder.aload(0);
  }

  /**
   * The monitor is on the stack. It is kept in a variable of its own, not on the stack below the
   * one that is entered: there, the garbage collector of Java 25 overlooks it while a virtual
   * thread waits to enter. Java's compiler never leaves anything there.
   */
  private void enter(CodeBuilder builder, String what) {
    int monitor = builder.allocateLocal(TypeKind.REFERENCE);
    builder.astore(monitor);
    if (type.marked) {
      builder.aload(monitor).loadConstant(point(Action.ENTER, what).id());
      mark(builder, "arrive", CD_Object, CD_int);
    }
    builder.aload(monitor).monitorenter();
    mark(builder.aload(monitor), "entered", CD_Object);
  }

  private static void exit(CodeBuilder builder) {
    mark(builder.dup(), "exiting", CD_Object).monitorexit();
  }

  private CodeBuilder leave(CodeBuilder builder) {
    if (synchronised) {
      exit(loadMonitor(builder));
    }
    return initialiser ? mark(builder.iconst_m1(), "initialising", CD_int) : builder;
  }
}
