package course.grader.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A student's files at one moment. Immutable.
 *
 * @param texts what is in each, by its path; a file that is missing or is no text is not there
 * @param faults why files can't be read, each with file and line
 * @param advice what should be mended in the files though we can do without
 */
public record Submission(Map<String, String> texts, List<String> faults, List<String> advice) {
  /** All that could be read is text. */
  public static Submission of(Map<String, String> texts) {
    return new Submission(texts, List.of(), List.of());
  }

  /** Nothing could be read, and this is why. */
  public static Submission unreadable(String why) {
    return new Submission(Map.of(), List.of(why), List.of());
  }

  /**
   * Reads the files that an exercise lets a student change.
   *
   * @throws IOException if one can't be read, which may be over soon: an editor is writing it
   */
  static Submission read(Path folder, List<String> names) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    var faults = new ArrayList<String>();
    var advice = new ArrayList<String>();
    for (String name : names) {
      Path path = folder.resolve(name);
      if (Files.isDirectory(path)) {
        faults.add(name + ": this is a folder: a file must be there");
      } else if (Files.exists(path)) {
        SourceText source = SourceText.of(name, Files.readAllBytes(path));
        if (source.fault().isEmpty()) {
          texts.put(name, source.text());
        } else {
          faults.add(source.fault());
        }
        if (!source.advice().isEmpty()) {
          advice.add(source.advice());
        }
      }
    }
    return new Submission(texts, faults, advice);
  }
}
