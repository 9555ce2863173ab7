package course.client.tour;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where the course lies, for every command that starts its lessons. */
final class CourseOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--course",
      paramLabel = "DIR",
      description =
          "the course's folder (default: the one around the folder that you are in, or else "
              + "around this program)")
  private Path given;

  /**
   * The course's folder.
   *
   * @throws ParameterException if there is none
   */
  Path folder() throws IOException {
    Stream<Path> candidates =
        given != null
            ? Stream.of(given.toAbsolutePath().normalize())
            : Stream.concat(upwards(said()), upwards(program()));
    for (Path candidate : (Iterable<Path>) candidates::iterator) {
      if (Files.isDirectory(candidate) && !Lesson.under(candidate).isEmpty()) {
        return candidate;
      }
    }
    throw new ParameterException(
        command.commandLine(),
        given != null
            ? "--course " + given + ": there is no lessonN-NAME/src/main/java in it"
            : "the course is not here: say where it is with --course");
  }

  /** The lessons of the course: at least one, in order. */
  List<Lesson> lessons() throws IOException {
    return Lesson.under(folder());
  }

  /** The folder that Course.java lies in, if that started us; else the one that we are in. */
  private static Path said() {
    return Path.of(System.getProperty("course", ""));
  }

  private static Stream<Path> upwards(Path start) {
    return Stream.iterate(start.toAbsolutePath(), folder -> folder != null, Path::getParent);
  }

  /** The jar that we run from, or the folder of our classes. */
  private static Path program() {
    try {
      return Path.of(
          CourseOption.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
