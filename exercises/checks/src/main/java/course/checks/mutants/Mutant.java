package course.checks.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.config.GregorEngineFactory;

/**
 * A class of a solution with one small change.
 *
 * @param place where the change is
 * @param classFile the path of its class file
 * @param bytes makes the class
 */
record Mutant(Place place, String classFile, Supplier<byte[]> bytes) {
  /** PIT's name for the changes that it makes: the usual ones, and conditions both ways. */
  private static final String CHANGES = "STRONGER";

  /**
   * Where a change is, and which. Changes of parts of a line may be called the same.
   *
   * @param code the line, without its indentation
   * @param change PIT's words
   */
  record Place(String file, String code, String change) {
    private static final Pattern RETURN = Pattern.compile("replaced .* with (\\S+) for .*");

    /**
     * Returns whether it is a slip that somebody could make: what returns true could be changed to
     * that, and what a record has beside its components the compiler writes.
     */
    boolean isSlip() {
      Matcher replaced = RETURN.matcher(change);
      boolean same = replaced.matches() && code.equals("return " + replaced.group(1) + ";");
      return !same && !code.startsWith("record ");
    }

    @Override
    public String toString() {
      return "%s: %s\n  %s".formatted(file, code, change);
    }
  }

  /**
   * Returns all mutants of the files that a student writes.
   *
   * @param sources these files, by path
   * @param classes all class files of the exercise, by their paths
   */
  static List<Mutant> of(Map<String, String> sources, Map<String, byte[]> classes) {
    var ours = new ClassloaderByteArraySource(Mutant.class.getClassLoader()); // and the JDK's
    ClassByteArraySource source =
        name ->
            Optional.ofNullable(classes.get(name.replace('.', '/') + ".class"))
                .or(() -> ours.getBytes(name));
    var mutater =
        new GregorEngineFactory()
            .createEngine(EngineArguments.arguments().withMutators(List.of(CHANGES)))
            .createMutator(source);
    var mutants = new ArrayList<Mutant>();
    for (String classFile : classes.keySet()) {
      var name = ClassName.fromString(classFile.replaceFirst("\\.class$", ""));
      for (MutationDetails mutation : mutater.findMutations(name)) {
        sources.keySet().stream()
            .filter(file -> file.endsWith("/" + mutation.getFilename()))
            .map(file -> place(mutation, sources.get(file)))
            .filter(Place::isSlip)
            .forEach(place ->
                mutants.add(
                    new Mutant(
                        place, classFile, () -> mutater.getMutation(mutation.getId()).getBytes())));
      }
    }
    return mutants;
  }

  private static Place place(MutationDetails mutation, String source) {
    String code = source.lines().skip(mutation.getLineNumber() - 1L).findFirst().orElse("").strip();
    return new Place(mutation.getFilename(), code, mutation.getDescription());
  }
}
