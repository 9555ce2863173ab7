package course.checks.mutants;

import course.checks.mutants.Mutant.Place;
import course.grader.model.Solutions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The mutants of an exercise that may pass, with the reason: {@code survivors.json} beside its
 * solutions.
 *
 * @param survivors by file, line and change
 */
record Survivors(List<Survivor> survivors) {
  private static final String FILE = "survivors.json";

  /** One that may pass. */
  record Survivor(String file, String code, String change, String reason) {
    Place place() {
      return new Place(file, code, change);
    }
  }

  static Survivors read(Solutions solutions) throws IOException {
    return solutions.read(FILE, Survivors.class, new Survivors(List.of()));
  }

  /**
   * Returns in what this differs from what came out.
   *
   * @param passed whether a mutant passed, of each place
   */
  List<String> differences(Map<Place, Boolean> passed) {
    var faults = new ArrayList<String>();
    var listed = new LinkedHashSet<Place>();
    survivors.forEach(survivor -> listed.add(survivor.place()));
    passed.forEach((place, survives) -> {
      boolean isListed = listed.remove(place);
      if (survives && !isListed) {
        faults.add("passes all tests: " + place);
      } else if (!survives && isListed) {
        faults.add("is rejected, although " + FILE + " lists it: " + place);
      }
    });
    listed.forEach(place -> faults.add("is no mutant, but " + FILE + " lists: " + place));
    return faults;
  }
}
