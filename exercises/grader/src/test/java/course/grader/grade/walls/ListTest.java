package course.grader.grade.walls;

import static org.assertj.core.api.Assertions.assertThat;

import course.grader.model.Exercise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list says what is there, and nothing that opens a way out. */
class ListTest {
  /** What code that has one could get out with: nothing on the list takes or gives it. */
  private static final Pattern WAY_OUT =
      Pattern.compile(
          "java\\.io\\.(File|FileDescriptor|Object(In|Out)put(Stream)?|Console)"
              + "|java\\.nio\\.file\\..*|java\\.nio\\.channels\\."
              + "(?!((Readable|Writable)Byte|Network|Selectable|(Server)?Socket)?Channel$|Selector$)"
              + ".*(Channel|Selector|Provider)"
              + "|java\\.lang\\.(ClassLoader|Module|ModuleLayer|Package|Process.*|ThreadGroup"
              + "|StackTraceElement|StackWalker.*|System\\$Logger.*)"
              + "|java\\.lang\\.reflect\\..*|java\\.lang\\.foreign\\..*"
              + "|java\\.lang\\.invoke\\.(?!MethodHandles\\$Lookup|VarHandle$).*"
              + "|java\\.net\\.(?!Inet(Socket)?Address$|(Server)?Socket$|SocketAddress$).*"
              + "|java\\.security\\..*"
              + "|java\\.util\\.(Properties|ResourceBundle|ServiceLoader|logging\\..*)"
              + "|java\\.time\\.zone\\..*");

  /** Of all classes of the JDK. */
  private static final Set<String> NAMES = names();

  private static Set<String> names() {
    var names = new HashSet<String>();
    try (Stream<Path> paths =
        Files.walk(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules"))) {
      paths
          .filter(path -> path.getNameCount() > 2 && path.toString().endsWith(".class"))
          .map(path -> path.subpath(2, path.getNameCount()).toString())
          .forEach(name -> names.add(name.replace('/', '.').replace('$', '.')));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is allowed in any exercise. */
  private static Map<String, Set<String>> list() throws IOException {
    var list = new HashMap<String, Set<String>>();
    for (Exercise exercise : Exercise.all(Path.of("../.."))) {
      AllowList.of(exercise)
          .permissions()
          .allowed()
          .all()
          .forEach((type, words) -> list.computeIfAbsent(type, _ -> new HashSet<>()).addAll(words));
    }
    return list;
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name.replace('/', '.'), false, null);
  }

  private static List<Executable> executables(Class<?> type) {
    return Stream.<Executable>concat(
            Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()))
        .filter(e -> (e.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .toList();
  }

  private static String name(Executable executable) {
    return executable instanceof Method ? executable.getName() : Allowed.NEW;
  }

  private static String signature(Executable executable) {
    String descriptor =
        MethodType.methodType(void.class, executable.getParameterTypes()).descriptorString();
    return name(executable) + Allowed.parameters(descriptor);
  }

  @Test
  void each_word_of_the_list_means_something() throws Exception {
    var wrong = new TreeSet<String>();
    for (var entry : list().entrySet()) {
      Class<?> type = type(entry.getKey());
      var words = new TreeSet<>(entry.getValue());
      words.removeAll(List.of("*", "extend", "bootstrap"));
      for (Executable executable : executables(type)) {
        words.remove(name(executable));
        words.remove(signature(executable));
      }
      for (Field field : type.getDeclaredFields()) {
        words.remove(field.getName());
      }
      words.forEach(word -> wrong.add(entry.getKey() + ": " + word));
      if (entry.getValue().contains("*") && entry.getValue().size() > 2) {
        wrong.add(entry.getKey() + ": * and more");
      }
      if (entry.getValue().contains("extend") && Modifier.isFinal(type.getModifiers())) {
        wrong.add(entry.getKey() + ": nothing extends a final class");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothing_on_the_list_takes_or_gives_a_way_out() throws Exception {
    var wrong = new TreeSet<String>();
    for (var entry : list().entrySet()) {
      Class<?> type = type(entry.getKey());
      Set<String> words = entry.getValue();
      for (Executable executable : executables(type)) {
        var types = new ArrayList<>(List.of(executable.getParameterTypes()));
        types.add(executable instanceof Method method ? method.getReturnType() : Object.class);
        boolean allowed =
            !words.contains("bootstrap")
                && (words.contains("*")
                    || words.contains(name(executable))
                    || words.contains(signature(executable)));
        boolean wayOut =
            executable.getName().equals("finalize")
                || types.stream().anyMatch(t -> WAY_OUT.matcher(t.getName()).matches());
        if (allowed && wayOut) {
          wrong.add(type.getName() + "." + signature(executable));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** One of a field, or of any array, would be a way out. */
  @Test
  void a_VarHandle_reads_bytes_and_no_more() throws Exception {
    var handles = new TreeSet<String>();
    for (var entry : list().entrySet()) {
      Class<?> type = type(entry.getKey());
      for (Executable executable : executables(type)) {
        boolean gives =
            type == VarHandle.class
                || (executable instanceof Method m && m.getReturnType() == VarHandle.class);
        boolean allowed =
            entry.getValue().contains("*") || entry.getValue().contains(name(executable));
        if (gives && allowed) {
          handles.add(type.getSimpleName() + "." + name(executable));
        }
      }
    }
    assertThat(handles).containsExactly("MethodHandles.byteArrayViewVarHandle", "VarHandle.get");
  }

  @Test
  void each_advice_is_about_something_that_there_is() throws IOException {
    var advice = AllowList.of(Exercise.read(Path.of("../ex1-framing"))).permissions().advice();
    assertThat(advice.beginnings()).isNotEmpty().allSatisfy(ListTest::isAboutSomething);
  }

  private static void isAboutSomething(String beginning) {
    if (!beginning.startsWith("course.") && !beginning.startsWith("org.")) { // the tests'
      int dot = beginning.lastIndexOf('.');
      boolean member =
          members(beginning.substring(0, dot))
              .anyMatch(name -> name.startsWith(beginning.substring(dot + 1)));
      assertThat(member || NAMES.stream().anyMatch(name -> name.startsWith(beginning)))
          .as(beginning)
          .isTrue();
    }
  }

  private static Stream<String> members(String type) {
    try {
      return Stream.concat(
          Stream.of("extend", Allowed.NEW),
          Stream.of(type(type).getDeclaredMethods(), type(type).getDeclaredFields())
              .flatMap(Stream::of)
              .map(Member::getName));
    } catch (ClassNotFoundException e) {
      return Stream.empty();
    }
  }

  @Test
  void no_class_that_is_a_thread_or_loads_classes_may_be_extended() throws Exception {
    for (var entry : list().entrySet()) {
      if (entry.getValue().contains("extend")) {
        assertThat(type(entry.getKey())).isNotIn(Thread.class, ClassLoader.class);
        assertThat(Thread.class.isAssignableFrom(type(entry.getKey()))).isFalse();
      }
    }
  }
}
