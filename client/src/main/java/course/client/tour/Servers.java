package course.client.tour;

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
 * the tour time. Used by one thread, which gets what the other has made through futures.
 */
final class Servers implements AutoCloseable {
  // A virtual thread: an interrupt ends its wait for a server, and also for a reply.
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("ahead").factory());

  private final LessonClasses classes = new LessonClasses();
  private final List<Future<ServerProcess>> servers = new ArrayList<>();
  private final Duration patience;

  /**
   * Begins to start a server for each lesson.
   *
   * @param patience bounds the wait for each server to listen
   */
  Servers(List<Lesson> lessons, String work, int handlers, Duration patience) throws IOException {
    this.patience = patience;
    for (Lesson lesson : lessons) {
      servers.add(ahead.submit(() -> start(lesson, work, handlers)));
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

  private ServerProcess start(Lesson lesson, String work, int handlers) throws IOException {
    List<String> command = lesson.command(classes.compile(lesson), work, handlers);
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
