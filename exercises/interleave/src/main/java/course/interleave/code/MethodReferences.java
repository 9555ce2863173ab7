package course.interleave.code;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The references of one class to methods of the JDK, such as {@code map::get}. Each becomes one to
 * a new method of the class, which makes the call: there it has its point.
 */
final class MethodReferences {
  private final Instrumenter type;
  private final List<Reference> all = new ArrayList<>();

  /**
   * A reference.
   *
   * @param in where it is made
   * @param call what it refers to, a method of the owner's
   */
  private record Reference(
      MethodInstrumenter in,
      int line,
      String name,
      MethodTypeDesc signature,
      DirectMethodHandleDesc call,
      Class<?> owner) {}

  MethodReferences(Instrumenter type) {
    this.type = type;
  }

  /** Returns what to make instead of a lambda or a reference, or the same. */
  DynamicCallSiteDesc rewrite(InvokeDynamicInstruction made, MethodInstrumenter in, int line) {
    List<ConstantDesc> arguments = new ArrayList<>(made.bootstrapArgs());
    if (isOfLambdas(made) && arguments.get(1) instanceof DirectMethodHandleDesc to) {
      Class<?> owner = owner(to);
      if (owner != null && to.kind() != DirectMethodHandleDesc.Kind.SPECIAL) {
        var reference =
            new Reference(
                in, line, "reference$" + all.size(), signature(to, made.typeSymbol()), to, owner);
        all.add(reference);
        arguments.set(1, handle(reference));
      }
    }
    return DynamicCallSiteDesc.of(
        made.bootstrapMethod(),
        made.name().stringValue(),
        made.typeSymbol(),
        arguments.toArray(ConstantDesc[]::new));
  }

  /** An intersection of types, or one that can be serialised, comes from the second of these. */
  private static boolean isOfLambdas(InvokeDynamicInstruction made) {
    DirectMethodHandleDesc maker = made.bootstrapMethod();
    return maker.owner().displayName().equals("LambdaMetafactory")
        && Set.of("metafactory", "altMetafactory").contains(maker.methodName());
  }

  private Class<?> owner(DirectMethodHandleDesc to) {
    String name = to.owner().descriptorString();
    return name.startsWith("L")
        ? type.files.jdkOwner(
            name.substring(1, name.length() - 1), to.methodName(), to.lookupDescriptor())
        : null;
  }

  private DirectMethodHandleDesc handle(Reference to) {
    boolean isInterface = type.model.flags().has(AccessFlag.INTERFACE);
    return MethodHandleDesc.ofMethod(
        isInterface
            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
            : DirectMethodHandleDesc.Kind.STATIC,
        type.model.thisClass().asSymbol(),
        to.name,
        to.signature);
  }

  /** What is captured comes first, and must be declared as what it is captured as. */
  private static MethodTypeDesc signature(DirectMethodHandleDesc to, MethodTypeDesc captured) {
    MethodTypeDesc signature = to.invocationType();
    for (int i = 0; i < captured.parameterCount(); i++) {
      signature = signature.changeParameterType(i, captured.parameterType(i));
    }
    return signature;
  }

  /** Adds the methods that the references are to. */
  void addTo(ClassBuilder builder) {
    for (Reference each : all) {
      builder.withMethodBody(
          each.name,
          each.signature,
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          code -> emit(code, each));
    }
  }

  private static void emit(CodeBuilder code, Reference to) {
    code.lineNumber(to.line);
    if (to.call.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
      code.new_(to.call.owner()).dup();
    }
    List<ClassDesc> parameters = to.signature.parameterList();
    for (int i = 0; i < parameters.size(); i++) {
      code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
    }
    to.in.callAt(to.line, code, call(code, to.call), to.owner);
    code.return_(TypeKind.from(to.signature.returnType()));
  }

  private static InvokeInstruction call(CodeBuilder code, DirectMethodHandleDesc to) {
    var type = MethodTypeDesc.ofDescriptor(to.lookupDescriptor());
    MemberRefEntry method =
        to.isOwnerInterface()
            ? code.constantPool().interfaceMethodRefEntry(to.owner(), to.methodName(), type)
            : code.constantPool().methodRefEntry(to.owner(), to.methodName(), type);
    Opcode opcode =
        switch (to.kind()) {
          case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
          case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
          case CONSTRUCTOR -> Opcode.INVOKESPECIAL;
          default -> Opcode.INVOKEVIRTUAL;
        };
    return InvokeInstruction.of(opcode, method);
  }
}
