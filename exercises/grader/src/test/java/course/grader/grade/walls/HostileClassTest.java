package course.grader.grade.walls;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class files that javac would not make, or that are not called what they should be. */
class HostileClassTest {
  private static final ClassDesc OWN = ClassDesc.of("course.server.Own");
  private static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_void, CD_int);
  private static AllowList list;

  @BeforeAll
  static void read() throws IOException {
    list = AllowList.of(Exercise.read(Path.of("../ex1-framing")));
  }

  private static List<String> refusals(ClassDesc name, Consumer<ClassBuilder> makes) {
    byte[] bytes = ClassFile.of().build(name, makes);
    String descriptor = name.descriptorString();
    String key = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    return list.refusals(Map.of(key, bytes), Set.of("Pieces", "course.server.Connection"));
  }

  private static List<String> refusalsOfCode(Consumer<CodeBuilder> code) {
    return refusals(
        OWN,
        type -> type.withMethodBody("run", ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "course.server.Pieces | Pieces is the name of a class of the course's: give yours another"
            + " one",
        "course.server.pieces | pieces is the name of a class of the course's: give yours another"
            + " one",
        "course.server.Pieces$1 | Pieces is the name of a class of the course's: give yours another"
            + " one",
        "course.server.Connection | Connection is the name of a class of the course's: give yours"
            + " another one",
        "course.server.String | String is the name of a class of Java's own (java.lang): give yours"
            + " another one",
        "course.server.Thread$1 | Thread is the name of a class of Java's own (java.lang): give"
            + " yours another one",
        "course.server.more.Own | the package of Own is 'course.server.more', but must be"
            + " course.server",
        "java.util.Own | the package of Own is 'java.util', but must be course.server",
        "org.junit.jupiter.api.Test | the package of Test is 'org.junit.jupiter.api', but must be"
            + " course.server",
        "course.interleave.marks.Marks | the package of Marks is 'course.interleave.marks', but"
            + " must be course.server",
        "Own | the package of Own is missing, but must be course.server",
      })
  void a_name_that_is_not_free_is_refused(String name, String why) {
    assertThat(refusals(ClassDesc.of(name), _ -> {}))
        .singleElement()
        .asString()
        .matches("\\w+\\.java: .*")
        .endsWith(why);
  }

  @ParameterizedTest
  @CsvSource({"course.server.Own", "course.server.FrameReader$Pieces", "course.server.$"})
  void a_name_that_is_free_passes(String name) {
    assertThat(refusals(ClassDesc.of(name), _ -> {})).isEmpty();
  }

  @Test
  void what_is_no_class_file_is_refused() {
    byte[] bytes = ClassFile.of().build(OWN, _ -> {});
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThat(list.refusals(Map.of("course.server.Own", part), Set.of()))
          .as("%d bytes of %d", length, bytes.length)
          .containsExactly(
              "course.server.Own: this class can't be read: hand in its source as a text");
    }
  }

  @Test
  void a_class_file_that_is_spoilt_at_any_place_throws_nothing() {
    var classes =
        InMemory.compile(
            Map.of(
                "Own.java",
                """
                package course.server;
                class Own {
                  record Point(int x) {}
                  String of(Object o) throws Exception {
                    Runnable r = () -> System.err.println(this + "x");
                    return switch (o) { case Point(int x) -> "a" + x; default -> null; };
                  }
                }
                """),
            Map.of());
    for (var entry : classes.entrySet()) {
      for (int i = 0; i < entry.getValue().length; i++) {
        for (int value : new int[] {0, 1, 0x7f, 0xff}) {
          byte[] spoilt = entry.getValue().clone();
          spoilt[i] = (byte) value;
          assertThat(list.refusals(Map.of(entry.getKey(), spoilt), Set.of())).isNotNull();
        }
      }
    }
  }

  @Test
  void a_class_under_the_name_of_another_is_refused() {
    byte[] bytes = ClassFile.of().build(ClassDesc.of("course.server.Pieces"), _ -> {});
    assertThat(list.refusals(Map.of("course.server.Own", bytes), Set.of()))
        .singleElement()
        .asString()
        .contains("can't be read");
  }

  @Test
  void a_native_method_is_refused() {
    assertThat(
            refusals(
                OWN,
                type ->
                    type.withMethod(
                        "reach", ConstantDescs.MTD_void, ClassFile.ACC_NATIVE, _ -> {})))
        .containsExactly(
            "Own.java: the native method Own.reach is not allowed here: write it in Java");
  }

  @Test
  void a_preview_of_java_is_refused() {
    assertThat(refusals(OWN, type -> type.withVersion(ClassFile.JAVA_25_VERSION, 65_535)))
        .singleElement()
        .asString()
        .contains("a preview of Java is not allowed here");
  }

  @Test
  void a_class_that_extends_nothing_or_itself_is_refused() {
    assertThat(refusals(OWN, type -> type.withSuperclass(ClassDesc.of("course.server.Gone"))))
        .singleElement()
        .asString()
        .contains("extending Gone is not allowed here");
    assertThat(
            refusals(
                OWN,
                type ->
                    type.withSuperclass(OWN)
                        .withMethodBody(
                            "run",
                            ConstantDescs.MTD_void,
                            ClassFile.ACC_STATIC,
                            code -> code.iconst_0().invokestatic(OWN, "exit", EXIT).return_())))
        .contains(
            "Own.java: Own.exit is not allowed here: it belongs to the tests, and your code must"
                + " not know them");
  }

  @Test
  void a_member_is_refused_though_no_code_uses_it() {
    assertThat(
            refusals(
                OWN,
                type ->
                    type.constantPool()
                        .methodRefEntry(ClassDesc.of("java.lang.System"), "exit", EXIT)))
        .containsExactly(
            "Own.java: System.exit is not allowed here: a server ends its threads, not the JVM: let"
                + " them return");
  }

  @Test
  void a_class_of_the_tests_is_refused() {
    assertThat(
            refusalsOfCode(code ->
                code.invokestatic(
                        ClassDesc.of("course.server.FrameReaderTest"), "x", ConstantDescs.MTD_void)
                    .return_()))
        .singleElement()
        .asString()
        .contains("FrameReaderTest.x is not allowed here: it belongs to the tests");
  }

  @Test
  void a_constant_that_its_own_method_makes_is_refused() {
    DirectMethodHandleDesc own =
        MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            OWN,
            "make",
            MethodTypeDesc.of(
                CD_Object,
                ConstantDescs.CD_MethodHandles_Lookup,
                CD_String,
                ConstantDescs.CD_Class));
    assertThat(
            refusalsOfCode(code -> code.loadConstant(DynamicConstantDesc.of(own)).pop().return_()))
        .singleElement()
        .asString()
        .contains("a call that Own makes is not allowed here");
  }

  @Test
  void a_constant_that_a_way_out_makes_is_refused() {
    DirectMethodHandleDesc exit =
        MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC, ClassDesc.of("java.lang.System"), "exit", EXIT);
    assertThat(
            refusalsOfCode(code ->
                code.loadConstant(
                        DynamicConstantDesc.ofNamed(
                            ConstantDescs.BSM_INVOKE, "x", CD_Object, exit, 0))
                    .pop()
                    .return_()))
        .singleElement()
        .asString()
        .contains("System.exit is not allowed here");
  }

  @Test
  void a_field_of_the_jdks_that_reflection_hides_is_refused() {
    assertThat(
            refusalsOfCode(code ->
                code.getstatic(ClassDesc.of("java.lang.System"), "security", CD_Object)
                    .pop()
                    .return_()))
        .singleElement()
        .asString()
        .contains("System.security is not allowed here");
  }

  @Test
  void a_class_that_is_no_class_but_a_module_is_refused() {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of("module-info"),
                type -> type.withFlags(AccessFlag.MODULE).withSuperclass(CD_Object));
    assertThat(list.refusals(Map.of("module-info", bytes), Set.of())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HandlerPool.java, true", "Connection.java, false", "'', true"})
  void whose_a_class_is_says_the_file_that_it_was_compiled_from(String source, boolean isStudents)
      throws IOException {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of("course.server.Connection$Keep"),
                type -> {
                  if (!source.isEmpty()) {
                    type.with(SourceFileAttribute.of(source));
                  }
                });
    String name = "course.server.Connection$Keep";
    Map<String, byte[]> students =
        Exercise.read(Path.of("../ex4-bounded-pool"))
            .studentsClasses(Map.of("course/server/Connection$Keep.class", bytes));
    assertThat(students.containsKey(name)).isEqualTo(isStudents);
    assertThat(
            AllowList.of(Exercise.read(Path.of("../ex4-bounded-pool")))
                .refusals(students, Set.of()))
        .hasSize(isStudents ? 1 : 0)
        .allMatch(refusal -> refusal.contains("Connection is the name of a class of the course's"));
  }
}
