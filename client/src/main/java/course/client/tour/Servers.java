package course.client.tour;

import course.client.observe.Burst;
import course.client.observe.Timeline;
import course.client.observe.Verdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The lessons' servers, compiled and started one after another on a thread of its own. While one
 * server is looked at, which is mostly waiting, the next ones get ready: so only the first costs
 * the tour time. In the same time each lesson gets two quick looks, at a server whose work is
 * short: an order that is by chance shows in several looks only. Used by one thread, which gets
 * what the other has made through futures.
 */
final class Servers implements AutoCloseable {
  private static final int QUICK_LOOKS = 2;
  private static final String QUICK_WORK = "100ms"; // enough for a look at the order

  // A virtual thread: an interrupt ends its wait for a server, and also for a reply.
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("ahead").factory());

  private final LessonClasses classes = new LessonClasses();
  private final List<Future<ServerProcess>> servers = new ArrayList<>();
  private final List<Future<List<Timeline>>> looks = new ArrayList<>();
  private final int messages;
  private final int handlers;
  private final Duration patience;

  /**
   * Begins to start a server for each lesson.
   *
   * @param messages in each quick look
   * @param work how long one message takes, but in quick looks
   * @param patience bounds the wait for each server to listen, and for each next reply
   */
  Servers(List<Lesson> lessons, int messages, String work, int handlers, Duration patience)
      throws IOException {
    this.messages = messages;
    this.handlers = handlers;
    this.patience = patience;
    // The first server is waited for: nothing comes before it.
    Future<ServerProcess> first = ahead.submit(() -> start(lessons.getFirst(), work));
    for (Lesson lesson : lessons) {
      looks.add(ahead.submit(() -> look(lesson)));
      servers.add(servers.isEmpty() ? first : ahead.submit(() -> start(lesson, work)));
    }
  }

  /**
   * Waits until a lesson's server listens.
   *
   * @param index the lesson's place in the list
   * @throws IOException if it does not compile or start; the message says which and why
   */
  ServerProcess get(int index) throws IOException {
    return result(servers.get(index));
  }

  /**
   * Waits for the quick looks at a lesson.
   *
   * @param index the lesson's place in the list
   * @return as many as are needed: one if it showed that messages are handled one at a time
   * @throws IOException as {@link #get}
   */
  List<Timeline> quickLooks(int index) throws IOException {
    return result(looks.get(index));
  }

  private List<Timeline> look(Lesson lesson) throws IOException {
    var timelines = new ArrayList<Timeline>();
    try (ServerProcess server = start(lesson, QUICK_WORK)) {
      do {
        timelines.add(Burst.send(server.address(), messages, patience, _ -> {}));
      } while (timelines.size() < QUICK_LOOKS && Verdict.of(timelines.getFirst()).orderMayVary());
    }
    return timelines;
  }

  private ServerProcess start(Lesson lesson, String work) throws IOException {
    List<String> command = lesson.command(classes.of(lesson), work, handlers);
    try {
      return ServerProcess.start(command, patience);
    } catch (IOException e) {
      throw new IOException(lesson.name() + " " + e.getMessage(), e);
    }
  }

  private static <T> T result(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a server started");
    }
  }

  /** Ends all servers, and the thread that starts them, whatever it is doing. */
  @Override
  public void close() {
    ahead.shutdownNow();
    ahead.close();
    for (Future<ServerProcess> server : servers) {
      if (server.state() == Future.State.SUCCESS) {
        server.resultNow().close();
      }
    }
    classes.close();
  }
}
