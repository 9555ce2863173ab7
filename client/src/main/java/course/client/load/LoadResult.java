package course.client.load;

import course.client.load.LoadPlan.Closed;
import course.client.load.LoadPlan.Open;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run showed.
 *
 * @param plan what was run
 * @param measured for how long it was measured: less than planned if the server went away
 * @param answered how many replies came in that time
 * @param errors counted over the whole run, warm-up and drain too
 */
record LoadResult(LoadPlan plan, Duration measured, long answered, Errors errors) {
  /**
   * Messages without their right reply.
   *
   * @param lost in flight on a connection that ended
   * @param wrong replies that are no echo of a message in flight: altered, or a second time
   * @param unanswered still in flight when the time for draining was over
   * @param unsent due in an open loop, and no room to send them before the end
   */
  record Errors(long lost, long wrong, long unanswered, long unsent) {
    boolean none() {
      return lost + wrong + unanswered + unsent == 0;
    }

    @Override
    public String toString() {
      return "%d lost, %d wrong, %d unanswered, %d not sent"
          .formatted(lost, wrong, unanswered, unsent);
    }
  }

  /** Messages a second. */
  double throughput() {
    return measured.isPositive() ? answered / (measured.toNanos() / 1e9) : 0;
  }

  /** For people. */
  String table(Histogram latencies) {
    var row = new StringBuilder();
    var head = new StringBuilder();
    micros(latencies)
        .forEach((name, micros) -> {
          head.append("%12s".formatted(name));
          row.append(String.format(Locale.ROOT, "%,12.0f", micros));
        });
    return String.format(
        Locale.ROOT,
        """
        load            %s, messages of %d bytes
        throughput      %,.0f messages/s, measured for %.1f s
        latency    %s
              in us%s
        errors          %s
        """,
        paceInWords(),
        plan.size(),
        throughput(),
        measured.toNanos() / 1e9,
        head,
        row,
        errors.none() ? "none" : errors);
  }

  /** For programs. */
  String json(Histogram latencies) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("connections", plan.connections());
    switch (plan.pace()) {
      case Closed(int depth) -> fields.put("depth", depth);
      case Open(double rate) -> fields.put("rate", rate);
    }
    fields.put("size", plan.size());
    fields.put("measuredSeconds", measured.toNanos() / 1e9);
    fields.put("answered", answered);
    fields.put("messagesPerSecond", throughput());
    fields.put("latencyMicros", micros(latencies));
    fields.put("errors", errors);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
  }

  private String paceInWords() {
    return switch (plan.pace()) {
      case Closed(int depth) ->
          "closed loop, %d connections x %d in flight".formatted(plan.connections(), depth);
      case Open(double rate) ->
          String.format(
              Locale.ROOT, "open loop, %,.0f a second on %d connections", rate, plan.connections());
    };
  }

  private static Map<String, Double> micros(Histogram latencies) {
    var micros = new LinkedHashMap<String, Double>();
    micros.put("p50", latencies.getValueAtPercentile(50) / 1e3);
    micros.put("p90", latencies.getValueAtPercentile(90) / 1e3);
    micros.put("p99", latencies.getValueAtPercentile(99) / 1e3);
    micros.put("p99.9", latencies.getValueAtPercentile(99.9) / 1e3);
    micros.put("max", latencies.getMaxValue() / 1e3);
    return micros;
  }
}
