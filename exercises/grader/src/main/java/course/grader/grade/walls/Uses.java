package course.grader.grade.walls;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the code of a class uses which entries of its constant pool. That gives the lines; nothing
 * is missed for want of one, as whoever checks goes through the whole pool.
 */
final class Uses {
  private final Map<Integer, Integer> lines = new HashMap<>(); // of entries, by index
  private final Set<Integer> members = new HashSet<>(); // that code uses, or a lambda calls
  private int lowest;
  private int constructor;

  /**
   * Reads a class.
   *
   * @throws IllegalArgumentException if it is none
   */
  Uses(ClassModel type) {
    ConstantPool pool = type.constantPool();
    for (int n = 0; n < pool.bootstrapMethodCount(); n++) {
      for (LoadableConstantEntry argument : pool.bootstrapMethodEntry(n).arguments()) {
        if (argument instanceof MethodHandleEntry handle) {
          members.add(handle.reference().index());
        }
      }
    }
    for (MethodModel method : type.methods()) {
      boolean isConstructor = method.methodName().equalsString("<init>");
      method.code().ifPresent(code -> read(code, isConstructor));
    }
  }

  /** Returns the first line that uses an entry; the class' own if none does; 0 if it has none. */
  int line(PoolEntry entry) {
    return lines.getOrDefault(entry.index(), line());
  }

  /** Returns the line of the class: that of the constructor which javac makes, or a near one. */
  int line() {
    return constructor > 0 ? constructor : lowest;
  }

  /** Tells whether a member is used, and not only as what makes a call site or a constant. */
  boolean byCode(MemberRefEntry member) {
    return members.contains(member.index());
  }

  private void read(CodeModel code, boolean isConstructor) {
    var handlers = new HashMap<Label, List<ClassEntry>>();
    var caught = new ArrayList<ClassEntry>(); // what the handler that begins here is for
    int line = 0;
    for (CodeElement element : code) {
      switch (element) {
        case LineNumber next -> {
          line = next.line();
          lowest = lowest == 0 ? line : Math.min(lowest, line);
          constructor = isConstructor && constructor == 0 ? line : constructor;
        }
        case ExceptionCatch handler ->
            handler
                .catchType()
                .ifPresent(type ->
                    handlers.computeIfAbsent(handler.handler(), _ -> new ArrayList<>()).add(type));
        case LabelTarget label -> caught.addAll(handlers.getOrDefault(label.label(), List.of()));
        case Instruction instruction -> {
          for (ClassEntry type : caught) {
            use(type, line);
          }
          caught.clear();
          use(instruction, line);
        }
        default -> {}
      }
    }
  }

  private void use(Instruction instruction, int line) {
    switch (instruction) {
      case InvokeInstruction call -> use(call.method(), line);
      case FieldInstruction field -> use(field.field(), line);
      case InvokeDynamicInstruction call -> use(call.invokedynamic(), line);
      case LoadConstantInstruction load -> use(load.constantEntry(), line);
      case NewObjectInstruction made -> use(made.className(), line);
      case NewReferenceArrayInstruction made -> use(made.componentType(), line);
      case NewMultiArrayInstruction made -> use(made.arrayType(), line);
      case TypeCheckInstruction check -> use(check.type(), line);
      default -> {}
    }
  }

  private void use(PoolEntry entry, int line) {
    at(entry, line);
    switch (entry) {
      case MemberRefEntry member -> members.add(member.index());
      case DynamicConstantPoolEntry made -> {
        lines.putIfAbsent(made.bootstrap().bootstrapMethod().index(), line); // not what it calls
        made.bootstrap().arguments().forEach(argument -> at(argument, line));
      }
      default -> {}
    }
  }

  private void at(PoolEntry entry, int line) {
    lines.putIfAbsent(entry.index(), line);
    switch (entry) {
      case MemberRefEntry member -> at(member.owner(), line);
      case MethodHandleEntry handle -> at(handle.reference(), line);
      default -> {}
    }
  }
}
