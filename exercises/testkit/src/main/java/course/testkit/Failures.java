package course.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.MissingResourceException;
import java.util.NoSuchElementException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Exceptions that a message can fail with, each made anew. Among them are those that pools and
 * futures also throw by themselves, and so may take for a signal of their own.
 */
public final class Failures {
  private static final String WORDS = "this message can't be handled";

  private Failures() {}

  /** Returns exceptions that any code may throw. */
  public static List<RuntimeException> unchecked() {
    return List.of(
        new RuntimeException(WORDS),
        new IllegalArgumentException(WORDS),
        new IllegalStateException(WORDS),
        new IllegalMonitorStateException(WORDS),
        new NullPointerException(),
        new ArithmeticException("/ by zero"),
        new ClassCastException(WORDS),
        new IndexOutOfBoundsException(WORDS),
        new NoSuchElementException(WORDS),
        new UnsupportedOperationException(WORDS),
        new ConcurrentModificationException(),
        new MissingResourceException(WORDS, "", ""),
        new SecurityException(WORDS),
        new UncheckedIOException(new IOException(WORDS)),
        new CancellationException(),
        new CompletionException(WORDS, new IllegalStateException(WORDS)),
        new RejectedExecutionException(WORDS),
        new RuntimeException() {});
  }

  /** Returns exceptions that code may throw only if it says so. */
  public static List<Exception> checked() {
    return List.of(
        new Exception(WORDS),
        new IOException(WORDS),
        new EOFException(),
        new InterruptedException(WORDS),
        new TimeoutException(WORDS),
        new BrokenBarrierException(WORDS),
        new ExecutionException(WORDS, new IllegalStateException(WORDS)),
        new CloneNotSupportedException(WORDS));
  }
}
