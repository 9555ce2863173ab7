package course.interleave.catalogue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The source of a group of samples: what belongs to which of them, and on which lines it is. */
final class GroupSource {
  private static final String FOLDER = "src/test/java/course/interleave/catalogue/";
  private static final Pattern SENTENCE = Pattern.compile("(?ms)^/\\*\\*(.*?\\.)\\s.*?\\*/");

  /** A scenario: its code on one line, and the members of the group that it names. */
  record Use(String code, Set<String> names) {}

  private final String name;
  private final String text;
  private final List<String> lines;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final Map<String, Tree> members = new HashMap<>(); // classes and methods
  private final Map<String, List<Use>> samples = new HashMap<>();

  GroupSource(Class<?> group) throws IOException {
    name = group.getSimpleName() + ".java";
    Path file = Page.folder().resolve(FOLDER + name);
    text = Files.readString(file);
    lines = text.lines().toList();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
      unit = task.parse().iterator().next();
      positions = Trees.instance(task).getSourcePositions();
    }
    for (Tree member : ((ClassTree) unit.getTypeDecls().getFirst()).getMembers()) {
      if (member instanceof ClassTree type) {
        members.put(type.getSimpleName().toString(), type);
      } else if (member instanceof MethodTree method
          && !method.getName().contentEquals("samples")) {
        members.put(method.getName().toString(), method);
      }
    }
    unit.accept(new SampleScanner(), null);
  }

  /** Returns what the class says of itself, in its first sentence. */
  String sentence() {
    Matcher found = SENTENCE.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException(name + ": its class has no Javadoc");
    }
    return found.group(1).replaceAll("[\\s*]+", " ").strip();
  }

  Use broken(Sample sample) {
    return samples.get(sample.name()).getFirst();
  }

  Use fixed(Sample sample) {
    return samples.get(sample.name()).getLast();
  }

  /** Returns the classes and methods that a scenario needs, without interfaces, by their place. */
  List<String> needed(Use use) {
    var needed = new LinkedHashSet<String>();
    var left = new ArrayList<>(use.names());
    while (!left.isEmpty()) {
      String next = left.removeFirst();
      if (needed.add(next)) {
        left.addAll(names(members.get(next)));
      }
    }
    return needed.stream()
        .filter(member -> members.get(member).getKind() != Tree.Kind.INTERFACE)
        .sorted((a, b) -> Long.compare(start(a), start(b)))
        .toList();
  }

  private long start(String member) {
    return positions.getStartPosition(unit, members.get(member));
  }

  private Set<String> names(Tree tree) {
    var names = new LinkedHashSet<String>();
    tree.accept(
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitIdentifier(IdentifierTree identifier, Void unused) {
            String found = identifier.getName().toString();
            if (members.containsKey(found)) {
              names.add(found);
            }
            return null;
          }
        },
        null);
    return names;
  }

  /** Returns code blocks that show classes and methods of the group, and where they stand. */
  List<String> blocks(List<String> shown) {
    var blocks = new ArrayList<String>();
    int end = -1;
    for (String member : shown) {
      int first = line(start(member));
      while (!lines.get(first - 2).isEmpty()) { // its comment
        first--;
      }
      if (first == end + 2) { // the next in the file: no block of its own
        blocks.removeLast();
        blocks.add("");
      } else {
        blocks.addAll(List.of("", "`%s`, from line %d:".formatted(name, first), ""));
        blocks.add("```java file=../" + FOLDER + name);
      }
      end = line(positions.getEndPosition(unit, members.get(member)));
      blocks.addAll(lines.subList(first - 1, end));
      blocks.add("```");
    }
    return blocks;
  }

  private int line(long position) {
    return (int) unit.getLineMap().getLineNumber(position);
  }

  private final class SampleScanner extends TreeScanner<Void, Void> {
    @Override
    public Void visitNewClass(NewClassTree made, Void unused) {
      if (made.getIdentifier().toString().equals(Sample.class.getSimpleName())) {
        String sample = ((LiteralTree) made.getArguments().getFirst()).getValue().toString();
        samples.put(
            sample, made.getArguments().stream().skip(2).map(scenario -> use(scenario)).toList());
      }
      return super.visitNewClass(made, null);
    }

    private Use use(Tree scenario) {
      Tree body = ((LambdaExpressionTree) scenario).getBody();
      String code =
          text.substring(
              (int) positions.getStartPosition(unit, body),
              (int) positions.getEndPosition(unit, body));
      return new Use(code.replaceAll(" *//.*", "").replaceAll("\\s+", " "), names(body));
    }
  }
}
