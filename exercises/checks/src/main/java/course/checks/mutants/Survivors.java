package course.checks.mutants;

import course.checks.mutants.Mutant.Place;
import course.grader.model.Solutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mutants of an exercise that may pass, with the reason: {@code survivors.json} beside its
 * solutions.
 *
 * @param survivors by file, line and change
 */
record Survivors(List<Survivor> survivors) {
  private static final String FILE = "survivors.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** One that may pass. */
  record Survivor(String file, String code, String change, String reason) {
    Place place() {
      return new Place(file, code, change);
    }
  }

  static Survivors read(Solutions solutions) throws IOException {
    Path file = solutions.folder().resolve(FILE);
    try {
      return Files.exists(file)
          ? JSON.readValue(Files.readString(file), Survivors.class)
          : new Survivors(List.of());
    } catch (JacksonException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Returns in what this differs from what came out.
   *
   * @param passed whether a mutant passed, of each place
   */
  List<String> differences(Map<Place, Boolean> passed) {
    var faults = new ArrayList<String>();
    var known = new TreeMap<String, Survivor>();
    survivors.forEach(survivor -> known.put(survivor.place().toString(), survivor));
    passed.forEach((place, survives) -> {
      Survivor survivor = known.remove(place.toString());
      if (survives && survivor == null) {
        faults.add("passes all tests: " + place);
      } else if (!survives && survivor != null) {
        faults.add("is rejected, although " + FILE + " lists it: " + place);
      }
    });
    known.keySet().forEach(place -> faults.add("is no mutant, but " + FILE + " lists: " + place));
    return faults;
  }
}
