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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where threads are in the student's code, and which of them holds what another waits for. Read
 * from the JVM's own thread dump, as nothing else has virtual threads and locks too.
 */
final class Stacks {
  private static final Pattern THREAD = Pattern.compile("#\\d+ \"(.*)\" (?:virtual )?\\w+ \\S+");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[\\w.]+/)?([\\w.$]+)\\.([\\w$<>]+)\\((.*)\\)");
  private static final Pattern LOCK =
      Pattern.compile("\\s+- (locked|waiting to lock|waiting on|parking to wait for) <(.+)>");

  /** Of threads that do the same in the same place, so many are named besides the first. */
  private static final int NAMED = 3;

  /** One thread of the dump. */
  private static final class Stopped {
    final String name;
    final List<String> frames = new ArrayList<>(); // the student's
    String waits; // how
    String waitsFor; // which object

    Stopped(String name) {
      this.name = name;
    }
  }

  private Stacks() {}

  /** Returns what to say of a test that has not ended: each thread inside the student's code. */
  static String tell(OwnCode ownCode, Duration limit) {
    String intro = "after " + limit.toSeconds() + " seconds it has not ended";
    try {
      return intro + where(ownCode, dump());
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

  static String where(OwnCode ownCode, List<String> dump) {
    var holders = new HashMap<String, String>(); // object to name of thread
    var threads = new ArrayList<Stopped>();
    Stopped thread = new Stopped("");
    for (String line : dump) {
      Matcher head = THREAD.matcher(line);
      Matcher frame = FRAME.matcher(line);
      Matcher lock = LOCK.matcher(line);
      if (head.matches()) {
        thread = new Stopped(name(head));
        threads.add(thread);
      } else if (frame.matches()) {
        if (ownCode.contains(frame.group(1)) && thread.frames.size() < 4) {
          thread.frames.add(
              "%s (%s)".formatted(OwnCode.method(frame.group(1), frame.group(2)), frame.group(3)));
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
    return tell(threads, holders);
  }

  private static String tell(List<Stopped> threads, Map<String, String> holders) {
    var names = new LinkedHashMap<String, String>(); // object to the name that it gets here
    var alike = new LinkedHashMap<String, List<String>>(); // what is done, and where, to threads
    threads.sort(Comparator.comparing(stopped -> stopped.name + stopped.frames));
    for (Stopped thread : threads) {
      if (!thread.frames.isEmpty()) {
        String what =
            doing(thread, holders, names) + "\n  at " + String.join("\n  at ", thread.frames);
        alike.computeIfAbsent(what, _ -> new ArrayList<>()).add(thread.name);
      }
    }
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

  private static String doing(
      Stopped thread, Map<String, String> holders, Map<String, String> names) {
    if (thread.waits == null) {
      return "runs or sleeps";
    }
    String object =
        names.computeIfAbsent(
            thread.waitsFor,
            id -> id.replaceFirst("@.*", "").replaceFirst(".*[.]", "").replaceFirst(".*\\$", ""));
    String holder = holders.get(thread.waitsFor);
    String held = holder == null ? "" : ", which " + holder + " holds";
    return switch (thread.waits) {
      case "waiting to lock" -> "waits to enter synchronized on " + object + held;
      case "waiting on" -> "waits to be notified on " + object;
      default -> "waits (" + object + ")" + held;
    };
  }

  private static String name(Matcher head) {
    return head.group(1).isEmpty() ? "a thread with no name" : "thread \"" + head.group(1) + '"';
  }
}
