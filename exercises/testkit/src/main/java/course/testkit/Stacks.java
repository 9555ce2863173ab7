package course.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where threads are in the student's code, and which of them holds what another waits for. Read
 * from the JVM's own thread dump, as nothing else has virtual threads and locks too.
 */
final class Stacks {
  private static final Pattern THREAD =
      Pattern.compile("#(\\d{1,18}) \"(.*)\" (?:virtual )?\\w+ \\S+");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[\\w.]+/)?([\\w.$]+)\\.([\\w$<>]+)\\((.*)\\)");
  private static final Pattern LOCK =
      Pattern.compile("\\s+- (locked|waiting to lock|waiting on|parking to wait for) <(.+)>");

  private static final Pattern CONDITION = Pattern.compile("^Abstract\\w+\\.ConditionObject");

  /** In these a thread waits, though the dump does not always say so. */
  private static final Set<String> WAITS = Set.of("Object.wait", "Thread.join");

  /** Of threads that do the same in the same place, so many are named besides the first. */
  private static final int NAMED = 3;

  private static final int SHOWN = 4; // frames

  /** One thread of the dump. */
  private static final class Stopped {
    final long id;
    final String name;
    final List<String> frames = new ArrayList<>(); // the student's
    String calls = ""; // which method of the JDK's is called by the student's
    String waits = ""; // how
    String waitsFor = ""; // which object

    Stopped(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  private Stacks() {}

  /**
   * Returns what to say of a test that has not ended: each thread inside the student's code.
   *
   * @param first the id of the test's own thread: one that is older is of an earlier test, and is
   *     told only if there is no other
   */
  static String tell(OwnCode ownCode, long first, Duration limit) {
    String intro = "after " + limit.toSeconds() + " seconds it has not ended";
    try {
      return intro + where(ownCode, first, dump());
    } catch (IOException e) {
      return intro + " (no thread dump: " + e.getMessage() + ")";
    }
  }

  private static List<String> dump() throws IOException {
    Path folder = Files.createTempDirectory("stacks");
    Path file = folder.resolve("dump");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readAllLines(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  static String where(OwnCode ownCode, long first, List<String> dump) {
    var holders = new HashMap<String, String>(); // object to name of thread
    var threads = new ArrayList<Stopped>();
    Stopped thread = new Stopped(0, "");
    for (String line : dump) {
      Matcher head = THREAD.matcher(line);
      Matcher frame = FRAME.matcher(line);
      Matcher lock = LOCK.matcher(line);
      if (head.matches()) {
        thread = new Stopped(Long.parseLong(head.group(1)), name(head.group(2)));
        threads.add(thread);
      } else if (frame.matches()) {
        String method = OwnCode.method(frame.group(1), frame.group(2));
        if (ownCode.contains(frame.group(1))) {
          if (thread.frames.size() < SHOWN) {
            thread.frames.add("%s (%s)".formatted(method, frame.group(3)));
          }
        } else if (thread.frames.isEmpty() && !frame.group(1).startsWith("course.")) {
          thread.calls = CONDITION.matcher(method).replaceFirst("Condition");
        }
      } else if (lock.matches()) {
        if (!lock.group(1).equals("locked")) {
          thread.waits = lock.group(1);
          thread.waitsFor = lock.group(2);
        } else if (!lock.group(2).equals(thread.waitsFor)) { // wait() gives the lock back
          holders.put(lock.group(2), thread.name);
        }
      }
    }
    threads.removeIf(stopped -> stopped.frames.isEmpty());
    List<Stopped> ofThisTest = threads.stream().filter(stopped -> stopped.id >= first).toList();
    return tell(ofThisTest.isEmpty() ? threads : ofThisTest, holders);
  }

  private static String tell(List<Stopped> threads, Map<String, String> holders) {
    var alike = new LinkedHashMap<String, List<String>>(); // what is done, and where, to threads
    threads.stream()
        .sorted(Comparator.comparing(stopped -> stopped.name + stopped.frames))
        .forEach(thread -> {
          String what = doing(thread, holders) + "\n  at " + String.join("\n  at ", thread.frames);
          alike.computeIfAbsent(what, _ -> new ArrayList<>()).add(thread.name);
        });
    var told = new StringBuilder();
    alike.forEach((what, who) -> {
      told.append('\n').append(who.getFirst()).append(' ').append(what);
      List<String> others = who.subList(1, who.size());
      if (!others.isEmpty()) {
        told.append("\nlikewise ").append(count(others));
      }
    });
    return told.isEmpty() ? ", and no thread is in your code" : told.insert(0, ":").toString();
  }

  private static String count(List<String> others) {
    return others.size() <= NAMED
        ? String.join(", ", others)
        : String.format(Locale.ROOT, "%,d other threads", others.size());
  }

  private static String doing(Stopped thread, Map<String, String> holders) {
    return switch (thread.waits) {
      case "waiting to lock" -> {
        String holder = holders.get(thread.waitsFor);
        yield "waits to enter synchronized on %s%s"
            .formatted(type(thread.waitsFor), holder == null ? "" : ", which " + holder + " holds");
      }
      case "waiting on", "parking to wait for" -> "waits in " + thread.calls;
      default -> {
        String does = WAITS.contains(thread.calls) ? "waits in " : "is in ";
        yield thread.calls.isEmpty() ? "runs" : does + thread.calls;
      }
    };
  }

  private static String type(String object) {
    return object.replaceFirst("@.*", "").replaceFirst(".*[.$]", "");
  }

  private static String name(String name) {
    return name.isEmpty() ? "a thread with no name" : "thread \"" + name + '"';
  }
}
