package course.interleave;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks an object of a student's for words. It may refuse, or never answer: then that is told, and
 * the test's verdict is what it was. Each question has a daemon thread of its own, as nothing else
 * ends one that never answers.
 */
public final class Foreign {
  private static final Duration LIMIT = Duration.ofSeconds(2); // bounds a hang
  private static final int MAXIMUM_LENGTH = 4_000; // in characters

  private Foreign() {}

  /**
   * Returns the answer, cut if it is long; why there is none, if it is so.
   *
   * @param method what is asked, as in {@code getMessage}
   */
  public static String words(String method, Callable<String> question) {
    var words = new AtomicReference<>("(" + method + "() does not return)");
    ask(() -> {
      try {
        words.set(cut(question.call()));
      } catch (Throwable e) { // whatever it is, there are no words
        words.set("(" + method + "() throws " + e.getClass().getSimpleName() + ")");
      }
    });
    return words.get();
  }

  /** Returns what an exception is, and what it says; see {@link #origin}. */
  public static String thrown(Throwable thrown) {
    String told = nameAndMessage(thrown);
    return cause(thrown).map(cause -> told + ", caused by " + nameAndMessage(cause)).orElse(told);
  }

  /**
   * Returns where an exception comes from: of one that the JVM throws for another, as when a static
   * initializer fails, that other one; else itself.
   */
  public static Throwable origin(Throwable thrown) {
    return cause(thrown).orElse(thrown);
  }

  private static Optional<Throwable> cause(Throwable thrown) {
    var cause = new AtomicReference<Throwable>();
    if (thrown instanceof LinkageError) {
      ask(() -> cause.set(thrown.getCause()));
    }
    return Optional.ofNullable(cause.get());
  }

  private static String nameAndMessage(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    String message = words("getMessage", thrown::getMessage);
    return message == null ? name : name + ": " + message.strip();
  }

  /** Returns where an exception was made; nothing if it does not say. */
  public static StackTraceElement[] stack(Throwable thrown) {
    var stack = new AtomicReference<>(new StackTraceElement[0]);
    ask(() -> stack.set(thrown.getStackTrace()));
    return stack.get();
  }

  private static void ask(Runnable question) {
    Thread asks = Thread.ofPlatform().daemon().name("asks for words").unstarted(question);
    asks.setUncaughtExceptionHandler((_, _) -> {}); // no answer
    asks.start();
    try {
      asks.join(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String cut(String words) {
    return words == null || words.length() <= MAXIMUM_LENGTH
        ? words
        : words.substring(0, MAXIMUM_LENGTH) + "...";
  }
}
