package course.grader.grade.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * What one repository may cost us. For one thread at a time, which is interrupted when its time is
 * over.
 */
final class Budget {
  /** All objects together may be so many times as large as what was sent. */
  private static final int UNPACKED = 4;

  private final Limits limits;
  private long bytesLeft;
  private long unpackedLeft;
  private int stepsLeft;
  private IOException spent;

  Budget(Limits limits) {
    this.limits = limits;
    bytesLeft = limits.fetchBytes();
    unpackedLeft = limits.fetchBytes() * UNPACKED;
    stepsLeft = limits.entries();
  }

  /** Returns the first reason not to go on; null if there is none. */
  IOException spent() {
    return spent;
  }

  /** Returns a stream whose bytes count. */
  InputStream count(InputStream in) {
    return new Bytes.Counted(in) {
      @Override
      void took(long count) throws NotGradable {
        bytesLeft -= count;
        if (bytesLeft < 0) {
          throw spend("sends more than " + Limits.words(limits.fetchBytes()));
        }
      }
    };
  }

  /** Notes that a limit was hit, as libraries wrap and swallow what is thrown. */
  NotGradable spend(String why) {
    return fail(new NotGradable("the repository " + why));
  }

  /** Notes why this can't go on. */
  <E extends IOException> E fail(E why) {
    if (spent == null) {
      spent = why;
    }
    return why;
  }

  /**
   * Counts a step through what was sent: a few folders that hold each other make endless paths.
   *
   * @throws NotGradable if they are too many
   * @throws IOException if this thread is interrupted, which the library does not look at
   */
  void step() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("reading was interrupted");
    } else if (--stepsLeft < 0) {
      throw spend(
          "has too many files, folders or merged branches: more than %,d"
              .formatted(limits.entries()));
    }
  }

  /** Returns what looks at each object that arrives. */
  ObjectChecker checker() {
    return new ObjectChecker() {
      @Override
      public void check(AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
        unpackedLeft -= raw.length;
        if (unpackedLeft < 0) {
          String why = "unpacks to more than " + Limits.words(limits.fetchBytes() * UNPACKED);
          throw new CorruptObjectException(spend(why).getMessage());
        }
        super.check(id, type, raw);
      }
    };
  }

  /** Returns what ends long work when this thread is interrupted. */
  static ProgressMonitor monitor() {
    return new Interruptible();
  }

  private static final class Interruptible implements ProgressMonitor {
    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String title, int totalWork) {}

    @Override
    public void update(int completed) {
      if (isCancelled()) {
        throw new CancellationException();
      }
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
      return Thread.currentThread().isInterrupted();
    }

    @Override
    public void showDuration(boolean enabled) {}
  }
}
