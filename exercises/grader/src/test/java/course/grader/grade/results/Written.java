package course.grader.grade.results;

import course.grader.grade.model.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A folder with results, and what stands in it. */
record Written(Path out) {
  Summary write(List<Mark> marks, ResultsOptions options) throws IOException {
    Results results = Results.open(out, SampleMarks.EXERCISE, options);
    for (Mark mark : marks) {
      results.put(mark, "key", SampleMarks.WALLS);
    }
    return results.finish(
        marks.stream().map(mark -> mark.handIn().student()).toList(), List.of(), SampleMarks.WALLS);
  }

  Map<String, CSVRecord> grades() throws IOException {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    var rows = new LinkedHashMap<String, CSVRecord>();
    try (var csv = format.parse(Files.newBufferedReader(out.resolve("grades.csv")))) {
      csv.forEach(row -> rows.put(row.get("student"), row));
    }
    return rows;
  }

  String feedback(String student) throws IOException {
    return Files.readString(out.resolve("feedback").resolve(FileNames.of(student) + ".md"));
  }
}
