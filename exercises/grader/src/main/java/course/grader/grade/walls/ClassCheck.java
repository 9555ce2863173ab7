package course.grader.grade.walls;

import java.lang.classfile.Attributes;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one class of a student's uses, held against the list. */
final class ClassCheck {
  private final ClassModel model;
  private final Types types;
  private final Permissions permissions;
  private final Uses uses;
  private final String file;
  private final Set<Refusal> refusals = new LinkedHashSet<>();
  private final Set<Integer> told = new HashSet<>(); // lines
  private final Set<String> refused = new HashSet<>(); // classes of which a use is refused

  private ClassCheck(ClassModel model, Types types, Permissions permissions) {
    this.model = model;
    this.types = types;
    this.permissions = permissions;
    uses = new Uses(model);
    file = Names.file(model);
  }

  /**
   * Checks a class.
   *
   * @param types it and the others that the student has written
   * @throws IllegalArgumentException if it is no class file
   */
  static Set<Refusal> refusals(
      ClassModel model, Types types, Permissions permissions, Names names) {
    var check = new ClassCheck(model, types, permissions);
    names
        .refusal(model.thisClass().asInternalName())
        .ifPresent(why -> check.refusals.add(new Refusal(check.file, check.uses.line(), why)));
    check.header();
    check.declared();
    check.members();
    check.bootstraps();
    check.types(); // last: one refusal is enough for what is used of a class
    return check.refusals;
  }

  /** One refusal is enough for a line, and what is said of a member says more than its types. */
  private void refuse(int line, String what, String why) {
    if (line == 0 || told.add(line)) {
      refusals.add(new Refusal(file, line, what + " is not allowed here: " + why));
    }
  }

  private void header() {
    if (model.minorVersion() == ClassFile.PREVIEW_MINOR_VERSION) {
      refuse(uses.line(), "a preview of Java", "the course is in plain Java 25");
    }
    Optional<String> parent = model.superclass().map(ClassEntry::asInternalName);
    if (parent.filter(type -> types.isStudents(type) || permissions.extending(type)).isEmpty()) {
      String name = parent.orElse("nothing");
      refused.add(name);
      refuse(
          uses.line(),
          "extending " + Allowed.simple(name),
          permissions.instead(name, Allowed.EXTEND));
    }
  }

  /** What has an effect although nothing in the code calls it. */
  private void declared() {
    for (MethodModel method : model.methods()) {
      String name = method.methodName().stringValue();
      String shown = Allowed.simple(model.thisClass().asInternalName()) + "." + name;
      if (method.flags().has(AccessFlag.NATIVE)) {
        refuse(uses.line(), "the native method " + shown, "write it in Java");
      }
      if (name.equals("finalize") && method.methodType().equalsString("()V")) {
        refuse(line(method), shown, permissions.instead("java/lang/Object", name));
      }
    }
  }

  private int line(MethodModel method) {
    return method
        .code()
        .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
        .flatMap(table -> table.lineNumbers().stream().findFirst())
        .map(info -> info.lineNumber())
        .orElse(uses.line());
  }

  private void members() {
    var makers = new HashSet<Integer>(); // members that make call sites, and nothing else
    ConstantPool pool = model.constantPool();
    for (int n = 0; n < pool.bootstrapMethodCount(); n++) {
      MemberRefEntry maker = pool.bootstrapMethodEntry(n).bootstrapMethod().reference();
      if (!uses.byCode(maker)) {
        makers.add(maker.index());
      }
    }
    for (PoolEntry entry : pool) {
      if (entry instanceof MemberRefEntry member && !makers.contains(member.index())) {
        member(member);
      }
    }
  }

  private void member(MemberRefEntry member) {
    String owner = member.owner().asInternalName();
    String name = member.name().stringValue();
    String descriptor = member.type().stringValue();
    Set<String> declaring = types.declaring(owner, name, descriptor);
    if (declaring.isEmpty() && types.others(owner).stream().noneMatch(permissions::isOurs)) {
      refused.add(owner); // nobody has it, so nobody knows what it does
      refuse(member, owner);
    }
    for (String type : declaring) {
      boolean extended = name.equals("<init>") && refused.contains(type); // and that is told
      if (!types.isStudents(type)
          && !extended
          && !permissions.allowed().using(type, name, descriptor)) {
        refused.addAll(List.of(owner, type));
        refuse(member, type);
      }
    }
  }

  private void refuse(MemberRefEntry member, String type) {
    String name = member.name().stringValue();
    refuse(
        uses.line(member),
        permissions.allowed().shown(type, name, member.type().stringValue()),
        permissions.instead(type, name));
  }

  private void bootstraps() {
    ConstantPool pool = model.constantPool();
    for (int n = 0; n < pool.bootstrapMethodCount(); n++) {
      BootstrapMethodEntry bootstrap = pool.bootstrapMethodEntry(n);
      MemberRefEntry maker = bootstrap.bootstrapMethod().reference();
      String type = maker.owner().asInternalName();
      if (!permissions
          .allowed()
          .bootstrapping(type, maker.name().stringValue(), maker.type().stringValue())) {
        refuse(
            uses.line(bootstrap.bootstrapMethod()),
            "a call that " + Allowed.simple(type) + " makes",
            permissions.instead(type));
      }
    }
  }

  private void types() {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type) {
        type(type.asSymbol(), uses.line(entry));
      } else if (entry instanceof InvokeDynamicEntry call) { // a lambda: what it implements
        type(MethodTypeDesc.ofDescriptor(call.type().stringValue()).returnType(), uses.line(entry));
      }
    }
  }

  private void type(ClassDesc type, int line) {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isPrimitive()) {
      return;
    }
    String descriptor = element.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1);
    if (!types.isStudents(name) && !permissions.names(name) && refused.add(name)) {
      refuse(line, Allowed.simple(name), permissions.instead(name));
    }
  }
}
