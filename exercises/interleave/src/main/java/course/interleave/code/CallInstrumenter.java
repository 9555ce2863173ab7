package course.interleave.code;

import static course.interleave.code.Instrumenter.MARKS;
import static course.interleave.code.Instrumenter.mark;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import course.interleave.code.Conflicts.Effect;
import course.interleave.code.JdkArguments.Given;
import course.interleave.code.JdkCalls.By;
import course.interleave.marks.Walks;
import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import java.io.Closeable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Rewrites one call of a method of the JDK, as {@link JdkCalls} says. */
final class CallInstrumenter {
  private static final ClassDesc FACTORY = describe(ThreadFactory.class);
  private static final ClassDesc TIME_UNIT = describe(TimeUnit.class);
  private static final ClassDesc DURATION = describe(Duration.class);

  /** Parameters that may be given a copy as well. */
  private static final Set<ClassDesc> WALKED =
      Set.of(describe(Map.class), describe(Collection.class), describe(Iterable.class));

  private final MethodInstrumenter in;
  private final CodeBuilder builder;
  private final InvokeInstruction call;
  private final Class<?> owner;
  private final JdkCalls.Row row;
  private final By by;
  private final String name;
  private final List<ClassDesc> parameters;
  private Point point = Point.REACQUIRE; // of the call; none if it has none
  private final int[] slots; // of the arguments, while these are not on the stack

  CallInstrumenter(
      MethodInstrumenter in, CodeBuilder builder, InvokeInstruction call, Class<?> owner) {
    this.in = in;
    this.builder = builder;
    this.call = call;
    this.owner = owner;
    name = call.name().stringValue();
    parameters = call.typeSymbol().parameterList();
    row = JdkCalls.row(owner, name, call.typeSymbol(), takesTime());
    by = by();
    slots = new int[parameters.size()];
  }

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Emits the call, and before it what tells of it. */
  void emit() {
    Given given = in.marksCalls() ? JdkArguments.given(owner, name, call.typeSymbol()) : null;
    if (given != null) {
      arriveWithArgument(given);
    }
    if (by == By.WALK_AT) {
      point = in.point(row.action(), called() + (name.equals("stream") ? ", and read it" : ""));
      in.type.conflicts.add(point, row.effect(), Set.of(name));
    } else if (given == null || hasTarget()) {
      announce(row != null && in.marksCalls() ? row.action() : null);
    }
    if (by == By.CODE) {
      if (in.targets && JdkViews.isView(owner, name, call.typeSymbol())) {
        callForView();
      } else {
        builder.with(call);
      }
      if (parameters.contains(TIME_UNIT)
          && (owner == CompletableFuture.class || owner == ForkJoinPool.class)) {
        mark(builder, "later"); // a timer of the JDK's may do it
      }
    } else {
      callMarks();
    }
    if (call.typeSymbol().returnType().equals(FACTORY)) {
      builder.invokestatic(MARKS, "factory", MethodTypeDesc.of(FACTORY, FACTORY));
    }
  }

  /** The code itself, where nobody else can: {@link Walks} must know of what it tells. */
  private By by() {
    boolean walks = in.marksCalls() && in.targets;
    return row == null || isSpecial() || (row.by() == By.WALK_AT && !walks) ? By.CODE : row.by();
  }

  /** The target and the arguments are on the stack. */
  private void announce(Action action) {
    boolean withTarget = action != null && hasTarget() && in.targets && owner != VarHandle.class;
    boolean used = !in.marksCalls() && hasTarget() && mayHaveToBeClosed();
    if (withTarget || used) {
      storeArguments();
    }
    if (action != null) {
      point = point(action);
    }
    if (withTarget) {
      arriveWithTarget(point);
    } else if (action != null) {
      mark(builder.loadConstant(point.id()), "arrive", CD_int);
    } else if (used) {
      mark(builder.dup(), "used", CD_Object);
    }
    if (withTarget || used) {
      loadArguments();
    }
  }

  private boolean hasTarget() {
    return call.opcode() != Opcode.INVOKESTATIC && !name.equals("<init>");
  }

  /** The arguments are on the stack: a call that has no target acts on one of them. */
  private void arriveWithArgument(Given given) {
    Action action = given.effect() == Effect.CHANGE ? Action.CHANGE : Action.CALL;
    String called = name.equals("<init>") ? "new " + typeName() + "(...)" : called();
    Point reads = in.point(action, hasTarget() ? called + ", which reads its argument" : called);
    if (in.targets) {
      storeArguments();
      in.type.conflicts.add(reads, given.effect(), JdkArguments.READ_BY);
      builder.aload(slots[given.index()]).loadConstant(reads.id());
      mark(builder, "arrive", CD_Object, CD_int);
      if (action == Action.CALL && WALKED.contains(parameters.get(given.index()))) {
        walk(given.index(), reads);
      }
      loadArguments();
    } else {
      mark(builder.loadConstant(reads.id()), "arrive", CD_int);
    }
  }

  /** The arguments are in their slots. */
  private void walk(int index, Point reads) {
    builder.aload(slots[index]).loadConstant(reads.id());
    builder.invokestatic(
        describe(Walks.class), "walked", MethodTypeDesc.of(CD_Object, CD_Object, CD_int));
    builder.checkcast(parameters.get(index)).astore(slots[index]);
  }

  /** What it is a view of, the target or the first argument, and the arguments are on the stack. */
  private void callForView() {
    int viewed = builder.allocateLocal(TypeKind.REFERENCE);
    storeArguments();
    if (hasTarget()) {
      builder.dup().astore(viewed);
    } else {
      builder.aload(slots[0]).astore(viewed);
    }
    loadArguments();
    builder.with(call);
    mark(builder.dup().aload(viewed), "isView", CD_Object, CD_Object);
  }

  /** Whether a superclass is called: nobody can have overridden that. */
  private boolean isSpecial() {
    return call.opcode() == Opcode.INVOKESPECIAL;
  }

  /** The target is on the stack. */
  private void arriveWithTarget(Point point) {
    boolean byElement = row.effect() != Effect.READ && row.effect() != Effect.CHANGE;
    boolean hasElement = byElement && !parameters.getFirst().isPrimitive();
    Effect effect = byElement && !hasElement ? Effect.CHANGE : row.effect();
    in.type.conflicts.add(point, effect, isSpecial() ? Set.of() : Set.of(name));
    builder.dup();
    if (hasElement) {
      builder.aload(slots[0]).loadConstant(point.id());
      mark(builder, "arrive", CD_Object, CD_Object, CD_int);
    } else {
      mark(builder.loadConstant(point.id()), "arrive", CD_Object, CD_int);
    }
  }

  private boolean mayHaveToBeClosed() {
    return Executor.class.isAssignableFrom(owner) || Closeable.class.isAssignableFrom(owner);
  }

  private Point point(Action action) {
    return in.point(action, action == Action.MAKE ? "a " + typeName() : called());
  }

  private String called() {
    return typeName() + "." + name;
  }

  private String typeName() {
    return owner.getName().substring(owner.getPackageName().length() + 1).replace('$', '.');
  }

  private void storeArguments() {
    for (int i = slots.length - 1; i >= 0; i--) {
      TypeKind kind = TypeKind.from(parameters.get(i));
      slots[i] = builder.allocateLocal(kind);
      builder.storeLocal(kind, slots[i]);
    }
  }

  private void loadArguments() {
    for (int i = 0; i < slots.length; i++) {
      builder.loadLocal(TypeKind.from(parameters.get(i)), slots[i]);
    }
  }

  /** Whether the last arguments say for how long the call may wait. */
  private boolean takesTime() {
    return !parameters.isEmpty()
        && (parameters.getLast().equals(DURATION)
            || (parameters.contains(CD_long) && parameters.getLast().equals(TIME_UNIT))
            || (parameters.contains(CD_long)
                && name.matches("sleep|join|park.+|timed.+|try.+Nanos")));
  }

  private void callMarks() {
    MethodTypeDesc signature = call.typeSymbol();
    if (call.opcode() != Opcode.INVOKESTATIC) {
      signature = signature.insertParameterTypes(0, describe(row.type()));
    }
    if (by == By.MARKS_AT && in.marksCalls()) {
      point = in.point(Action.REACQUIRE, "");
    }
    if (by.withPoint) {
      builder.loadConstant(point.id());
      signature = signature.insertParameterTypes(signature.parameterCount(), CD_int);
    }
    builder.invokestatic(describe(by.standsIn), name, signature);
  }
}
