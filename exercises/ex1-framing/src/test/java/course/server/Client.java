package course.server;

import course.testkit.Show;
import course.testkit.Story;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A client, and what the server reads of its connection. */
final class Client {
  private final Story story;
  private final Pieces in;
  private final List<Returned> returned = new ArrayList<>();
  private FrameReader frames; // made when the server reads first

  private record Returned(byte[] expected, byte[] seen) {}

  private Client(Story story) {
    this.story = story;
    in = new Pieces(story);
  }

  /** Begins the story anew: what was done before went well. */
  static Client connects(Story story) {
    story.begin("A client connects");
    return new Client(story);
  }

  static Client alsoConnects(Story story) {
    story.step("Another client connects");
    return new Client(story);
  }

  /** The client sends bytes, and each part arrives by itself. */
  Client sends(byte[]... parts) {
    in.sends(parts);
    return this;
  }

  Client sendsOneByOne(byte[] bytes) {
    in.sendsOneByOne(bytes);
    return this;
  }

  Client isSilent() {
    in.isSilent();
    return this;
  }

  /**
   * The client sends nothing more until the server has waited for it, and has done something else
   * on another connection's thread.
   */
  Client isSilentUntil(Runnable other) {
    in.isSilentUntil(() -> {
      story.step("Nothing more has arrived yet");
      doneElsewhere(other);
    });
    return this;
  }

  Client andCloses() {
    in.closes();
    return this;
  }

  Client andBreaks(IOException how) {
    in.breaks(how);
    return this;
  }

  /** The server calls next(), which has to return this. */
  Client returns(byte[] expected) {
    story.expectValue("next() returns", expected);
    byte[] seen = story.step("The server calls next()", this::next);
    same("next() returns", expected, seen);
    if (seen != null) {
      returned.add(new Returned(expected, seen));
    }
    return this;
  }

  /** The server calls next(), which has to throw an IOException. */
  Client refuses() {
    story.refuses(
        "The server calls next()", "next() throws an IOException", IOException.class, this::next);
    return this;
  }

  /** All that next() has returned is as it was. */
  Client hasKeptAll() {
    for (int i = 0; i < returned.size(); i++) {
      Returned one = returned.get(i);
      same(
          "the array of the client's frame number %,d now has".formatted(i + 1),
          one.expected,
          one.seen);
    }
    return this;
  }

  private byte[] next() throws IOException {
    if (frames == null) {
      frames = new FrameReader(in);
    }
    try {
      return frames.next();
    } finally {
      in.nextEnded();
    }
  }

  /** Compares byte by byte: two long payloads begin alike. */
  private void same(String what, byte[] expected, byte[] seen) {
    int at = expected == null || seen == null ? -1 : Arrays.mismatch(expected, seen);
    if (at >= 0 && at < Math.min(expected.length, seen.length)) {
      story.expectValue(what, expected);
      throw story.seen(
          "%s %s: byte number %,d is %02x, not %02x"
              .formatted(what, Show.bytes(seen), at + 1, seen[at], expected[at]));
    }
    story.equal(what, expected, seen);
  }

  private static void doneElsewhere(Runnable action) {
    var failure = new AtomicReference<AssertionError>();
    Thread thread =
        Thread.ofPlatform()
            .name("the other connection's thread")
            .daemon()
            .start(() -> {
              try {
                action.run();
              } catch (AssertionError e) {
                failure.set(e);
              }
            });
    try {
      thread.join(); // StoryExtension bounds a hang
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }
}
