package course.interleave;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_SYNCHRONIZED;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import course.interleave.marks.Marks;
import course.interleave.schedule.Action;
import course.interleave.schedule.Point;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * Rewrites classes as they are loaded: puts a call to {@link Marks} before each action by which
 * threads meet. In classes that are not under test it only makes new threads known. Any loop ends
 * when its run is over.
 */
final class Marker {
  private static final ClassDesc MARKS = desc(Marks.class);
  private static final ClassDesc ERROR = desc(Error.class);
  private static final ClassDesc THREAD = desc(Thread.class);
  private static final ClassDesc BUILDER = desc(Thread.Builder.class);
  private static final ClassDesc RUNNABLE = desc(Runnable.class);
  private static final ClassDesc FACTORY = desc(ThreadFactory.class);
  private static final ClassDesc EXECUTOR = desc(ExecutorService.class);
  private static final ClassDesc LOCK = desc(Lock.class);
  private static final ClassDesc CONDITION = desc(Condition.class);
  private static final ClassDesc TIME_UNIT = desc(TimeUnit.class);
  private static final ClassDesc DURATION = desc(Duration.class);
  private static final MethodTypeDesc OBJECT_INT = MethodTypeDesc.of(CD_void, CD_Object, CD_int);
  private static final MethodTypeDesc INT = MethodTypeDesc.of(CD_void, CD_int);
  private static final MethodTypeDesc OBJECT = MethodTypeDesc.of(CD_void, CD_Object);

  private final CodeUnderTest code;
  private final ClassFile classFile;

  Marker(CodeUnderTest code, ClassLoader classes) {
    this.code = code;
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(classes)
            .orElse(ClassHierarchyResolver.defaultResolver());
    classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
  }

  /**
   * Returns the class, rewritten.
   *
   * @param marked whether it is under test
   * @param targets whether points also know the objects that they act on; costs space, and a method
   *     has at most 64 KB
   * @throws IllegalArgumentException if a method gets too long
   */
  byte[] rewrite(byte[] bytes, boolean marked, boolean targets) {
    ClassModel type = classFile.parse(bytes);
    var places = new HashMap<String, Integer>(); // how many points a place has
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method && method.code().isPresent()) {
            var marking = new Marking(type, method, marked, targets, places);
            builder.transformMethod(method, marking.ofMethod());
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(type, transform);
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }

  /** The rewriting of one method. */
  private final class Marking implements CodeTransform {
    private final ClassModel type;
    private final MethodModel method;
    private final boolean marked;
    private final boolean targets;
    private final boolean synchronised;
    private final boolean initialiser;
    private final Map<String, Integer> places;
    private final Set<Label> passed = new HashSet<>();
    private int line;
    private Label start;

    Marking(
        ClassModel type,
        MethodModel method,
        boolean marked,
        boolean targets,
        Map<String, Integer> places) {
      this.type = type;
      this.method = method;
      this.marked = marked;
      this.targets = targets;
      this.places = places;
      synchronised = marked && method.flags().has(AccessFlag.SYNCHRONIZED);
      initialiser = method.methodName().equalsString("<clinit>");
    }

    MethodTransform ofMethod() {
      return (builder, element) -> {
        switch (element) {
          case CodeModel body -> builder.transformCode(body, this);
          case java.lang.classfile.AccessFlags flags when synchronised ->
              builder.withFlags(flags.flagsMask() & ~ACC_SYNCHRONIZED);
          default -> builder.with(element);
        }
      };
    }

    /** A synchronized method becomes a synchronized block, so that entering it has a point. */
    @Override
    public void atStart(CodeBuilder builder) {
      if (marked) {
        builder.invokestatic(MARKS, "reached", MethodTypeDesc.of(CD_void));
      }
      if (initialiser) {
        builder.iconst_1().invokestatic(MARKS, "initialising", INT);
      }
      if (synchronised) {
        line = firstLine();
        builder.lineNumber(line);
        loadMonitor(builder);
        enter(builder, "synchronized " + method.methodName().stringValue());
      }
      if (synchronised || initialiser) {
        start = builder.newBoundLabel();
      }
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      if (start != null) {
        Label end = builder.newBoundLabel();
        builder.exceptionCatchAll(start, end, end);
        leave(builder);
        builder.athrow();
      }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      switch (element) {
        case LineNumber number -> {
          line = number.line();
          builder.with(number);
        }
        case ReturnInstruction ret when start != null -> {
          leave(builder);
          builder.with(ret);
        }
        case BranchInstruction branch when passed.contains(branch.target()) -> {
          builder.invokestatic(MARKS, "looping", MethodTypeDesc.of(CD_void)).with(branch);
        }
        case LabelTarget target -> {
          builder.with(target);
          passed.add(target.label());
          if (swallows(target.label())) {
            builder.dup().invokestatic(MARKS, "caught", MethodTypeDesc.of(CD_void, CD_Throwable));
          }
        }
        case InvokeInstruction call -> invoke(builder, call);
        case FieldInstruction field when marked -> {
          point(field).ifPresent(point -> at(builder, point));
          builder.with(field);
        }
        case ArrayLoadInstruction load when marked -> {
          at(builder, point(Action.READ, "an array's element"));
          builder.with(load);
        }
        case ArrayStoreInstruction store when marked -> {
          at(builder, point(Action.WRITE, "an array's element"));
          builder.with(store);
        }
        case MonitorInstruction monitor when marked -> {
          if (monitor.opcode() == Opcode.MONITORENTER) {
            enter(builder, "a synchronized block");
          } else {
            builder.dup().invokestatic(MARKS, "exiting", OBJECT).monitorexit();
          }
        }
        default -> builder.with(element);
      }
    }

    /** Whether a handler would catch the error that ends a thread when its run is over. */
    private boolean swallows(Label handler) {
      return method.code().orElseThrow().exceptionHandlers().stream()
          .filter(caught -> caught.handler().equals(handler))
          .flatMap(caught -> caught.catchType().stream())
          .map(ClassEntry::asSymbol)
          .anyMatch(type -> type.equals(CD_Throwable) || type.equals(ERROR));
    }

    private int firstLine() {
      for (CodeElement element : method.code().orElseThrow()) {
        if (element instanceof LineNumber number) {
          return number.line();
        }
      }
      return 0;
    }

    private void loadMonitor(CodeBuilder builder) {
      if (method.flags().has(AccessFlag.STATIC)) {
        builder.loadConstant(type.thisClass().asSymbol());
      } else {
        builder.aload(0);
      }
    }

    private void leave(CodeBuilder builder) {
      if (synchronised) {
        loadMonitor(builder);
        builder.dup().invokestatic(MARKS, "exiting", OBJECT).monitorexit();
      }
      if (initialiser) {
        builder.iconst_m1().invokestatic(MARKS, "initialising", INT);
      }
    }

    /**
     * The monitor is on the stack. It is kept in a variable of its own, not on the stack below the
     * one that is entered: there, the garbage collector of Java 25 overlooks it while a virtual
     * thread waits to enter. Java's compiler never leaves anything there.
     */
    private void enter(CodeBuilder builder, String what) {
      int monitor = builder.allocateLocal(TypeKind.REFERENCE);
      builder
          .astore(monitor)
          .aload(monitor)
          .loadConstant(point(Action.ENTER, what).id())
          .invokestatic(MARKS, "entering", OBJECT_INT)
          .aload(monitor)
          .monitorenter()
          .aload(monitor)
          .invokestatic(MARKS, "entered", OBJECT);
    }

    private void at(CodeBuilder builder, Point point) {
      builder.loadConstant(point.id()).invokestatic(MARKS, "arrive", INT);
    }

    private Optional<Point> point(FieldInstruction field) {
      int flags = code.fieldFlags(field.owner().asInternalName(), field.name().stringValue());
      if (flags < 0 || (flags & ACC_FINAL) != 0) {
        return Optional.empty();
      }
      boolean reads = field.opcode() == Opcode.GETFIELD || field.opcode() == Opcode.GETSTATIC;
      return Optional.of(point(reads ? Action.READ : Action.WRITE, field.name().stringValue()));
    }

    private Point point(Action action, String subject) {
      String place = place();
      int nth = places.merge(place + ":" + line, 1, Integer::sum);
      return code.points().at(place, line, nth, action, subject);
    }

    /** Returns the class without its package, and the method that is written in the source. */
    private String place() {
      String name = type.thisClass().asInternalName();
      String simple = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
      String in = method.methodName().stringValue();
      if (in.startsWith("lambda$")) {
        in = "lambda in " + in.substring("lambda$".length(), in.lastIndexOf('$'));
      }
      return simple + (in.equals("<init>") ? " constructor" : "." + in);
    }

    private void invoke(CodeBuilder builder, InvokeInstruction call) {
      String name = call.name().stringValue();
      MethodTypeDesc signature = call.typeSymbol();
      boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
      boolean plain = isStatic || call.opcode() != Opcode.INVOKESPECIAL;
      Class<?> owner =
          code.jdkOwner(call.owner().asInternalName(), name, call.type().stringValue());
      if (owner == null) {
        builder.with(call);
        return;
      }
      if (marked && !initialiser) {
        Calls.action(owner, name, isStatic)
            .ifPresent(action -> {
              boolean makes = action == Action.MAKE;
              String type = simpleName(owner);
              Point point = point(action, makes ? "a " + type : type + "." + name);
              if (targets
                  && plain
                  && !isStatic
                  && !owner.getName().startsWith("java.lang.invoke.")) {
                withTarget(
                    builder,
                    signature,
                    () -> {
                      builder
                          .dup()
                          .loadConstant(point.id())
                          .invokestatic(MARKS, "arrive", OBJECT_INT);
                    });
              } else {
                at(builder, point);
              }
            });
      } else if (plain && !isStatic && mustBeClosed(owner)) {
        withTarget(builder, signature, () -> builder.dup().invokestatic(MARKS, "used", OBJECT));
      }
      timed(builder, owner, name, signature);
      substitute(builder, call, owner, name, signature);
    }

    private static boolean mustBeClosed(Class<?> owner) {
      return owner.getName().startsWith("java.util.concurrent.")
          ? java.util.concurrent.Executor.class.isAssignableFrom(owner)
          : java.io.Closeable.class.isAssignableFrom(owner);
    }

    private static String simpleName(Class<?> type) {
      return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    /** Does something with the target of a call on the stack, under the call's arguments. */
    private static void withTarget(CodeBuilder builder, MethodTypeDesc signature, Runnable hook) {
      int count = signature.parameterCount();
      var slots = new int[count];
      var kinds = new TypeKind[count];
      for (int i = count - 1; i >= 0; i--) {
        kinds[i] = TypeKind.from(signature.parameterType(i));
        slots[i] = builder.allocateLocal(kinds[i]);
        builder.storeLocal(kinds[i], slots[i]);
      }
      hook.run();
      for (int i = 0; i < count; i++) {
        builder.loadLocal(kinds[i], slots[i]);
      }
    }

    /** Tells how long a call may take, if its last arguments say so. */
    private void timed(CodeBuilder builder, Class<?> owner, String name, MethodTypeDesc signature) {
      int count = signature.parameterCount();
      ClassDesc last = count == 0 ? CD_void : signature.parameterType(count - 1);
      boolean sleepsOrJoins = name.equals("sleep") || name.equals("join");
      if (owner.getName().startsWith("java.util.concurrent.") && last.equals(TIME_UNIT)) {
        boolean timed = count >= 2 && signature.parameterType(count - 2).equals(CD_long);
        if (timed) {
          int unit = builder.allocateLocal(TypeKind.REFERENCE);
          int length = builder.allocateLocal(TypeKind.LONG);
          builder.astore(unit).lstore(length).lload(length).aload(unit);
          timed(builder).lload(length).aload(unit);
        }
        if (owner == CompletableFuture.class || owner == ForkJoinPool.class) {
          builder.invokestatic(MARKS, "later", MethodTypeDesc.of(CD_void));
        }
      } else if (owner == TimeUnit.class && name.equals("sleep")) {
        int length = builder.allocateLocal(TypeKind.LONG);
        int unit = builder.allocateLocal(TypeKind.REFERENCE);
        builder.lstore(length).astore(unit).lload(length).aload(unit);
        timed(builder).aload(unit).lload(length);
      } else if (count == 1
          && last.equals(CD_long)
          && (name.equals("wait") || (owner == Thread.class && sleepsOrJoins))) {
        timed(builder.dup2().getstatic(TIME_UNIT, "MILLISECONDS", TIME_UNIT));
      } else if (name.equals("awaitNanos")) {
        timed(builder.dup2().getstatic(TIME_UNIT, "NANOSECONDS", TIME_UNIT));
      } else if (owner == Thread.class && last.equals(DURATION)) {
        builder.dup().invokestatic(MARKS, "timed", MethodTypeDesc.of(CD_void, DURATION));
      }
    }

    private static CodeBuilder timed(CodeBuilder builder) {
      return builder.invokestatic(MARKS, "timed", MethodTypeDesc.of(CD_void, CD_long, TIME_UNIT));
    }

    /** Emits the call, or one to {@link Marks} that makes new threads known. */
    private void substitute(
        CodeBuilder builder,
        InvokeInstruction call,
        Class<?> owner,
        String name,
        MethodTypeDesc signature) {
      boolean builds = Thread.Builder.class.isAssignableFrom(owner);
      if (owner == Thread.class
          && name.equals("start")
          && call.opcode() == Opcode.INVOKEVIRTUAL
          && signature.parameterCount() == 0) {
        builder.invokestatic(MARKS, "start", MethodTypeDesc.of(CD_void, THREAD));
      } else if (builds && name.equals("start")) {
        builder.invokestatic(MARKS, "start", MethodTypeDesc.of(THREAD, BUILDER, RUNNABLE));
      } else if (owner == Thread.class && name.equals("startVirtualThread")) {
        builder.invokestatic(MARKS, name, MethodTypeDesc.of(THREAD, RUNNABLE));
      } else if (owner == LockSupport.class && name.equals("unpark")) {
        builder.invokestatic(MARKS, name, MethodTypeDesc.of(CD_void, THREAD));
      } else if (owner == Executors.class && name.equals("newVirtualThreadPerTaskExecutor")) {
        builder.invokestatic(MARKS, name, MethodTypeDesc.of(EXECUTOR));
      } else if (call.opcode() == Opcode.INVOKESPECIAL) {
        builder.with(call);
      } else if (Calls.isWait(owner, name)) {
        Point point = marked && !initialiser ? point(Action.REACQUIRE, "") : Point.REACQUIRE;
        builder.loadConstant(point.id());
        invokeStandIn(builder, owner, name, signature, CD_int);
      } else if (Calls.isWakeUp(owner, name) || Calls.makesCondition(owner, name)) {
        invokeStandIn(builder, owner, name, signature);
      } else {
        builder.with(call);
        if (signature.returnType().equals(FACTORY)) {
          builder.invokestatic(MARKS, "factory", MethodTypeDesc.of(FACTORY, FACTORY));
        }
      }
    }

    /** A static method of {@link Marks} has the name, and the target as its first parameter. */
    private void invokeStandIn(
        CodeBuilder builder,
        Class<?> owner,
        String name,
        MethodTypeDesc signature,
        ClassDesc... more) {
      ClassDesc target =
          Condition.class.isAssignableFrom(owner)
              ? CONDITION
              : Lock.class.isAssignableFrom(owner) ? LOCK : CD_Object;
      builder.invokestatic(
          MARKS,
          name,
          signature
              .insertParameterTypes(0, target)
              .insertParameterTypes(signature.parameterCount() + 1, more));
    }
  }
}
