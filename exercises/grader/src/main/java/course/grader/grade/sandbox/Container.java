package course.grader.grade.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.WaitResponse;
import course.grader.engine.Printed;
import course.grader.engine.RunnerProcess;
import course.grader.engine.runner.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM in a container of its own, which speaks over its standard input and output. The container
 * ends when its input closes: when this is closed, and when the grader dies. The engine removes it.
 */
final class Container implements RunnerProcess {
  private static final int CRASHED = 134; // SIGABRT: how a JVM ends itself

  private static final int START_LIMIT_MILLIS = 60_000;

  private final DockerClient engine;
  private final String id;
  private final Pipe toJvm = new Pipe();
  private final Pipe fromJvm = new Pipe();
  private final Printed printed = new Printed();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  /**
   * Starts a container that is made.
   *
   * @param engine which has made it
   */
  Container(DockerClient engine, String id) throws IOException {
    this.engine = engine;
    this.id = id;
    try {
      engine
          .attachContainerCmd(id)
          .withStdIn(toJvm.in())
          .withStdOut(true)
          .withStdErr(true)
          .withFollowStream(true)
          .exec(new Output())
          .awaitStarted();
      engine.startContainerCmd(id).exec();
      engine.waitContainerCmd(id).exec(new End());
    } catch (RuntimeException e) {
      close();
      throw new IOException("a container can't be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("interrupted while a container started");
    }
  }

  String id() {
    return id;
  }

  /** What comes from the JVM: its messages, and what it prints. */
  private final class Output extends ResultCallback.Adapter<Frame> {
    @Override
    public void onNext(Frame frame) {
      try {
        if (frame.getStreamType() == StreamType.STDOUT) {
          fromJvm.put(frame.getPayload().clone()); // its buffer is used again
        } else {
          printed.add(frame.getPayload(), frame.getPayload().length);
        }
      } catch (InterruptedIOException e) {
        onError(e);
      }
    }

    @Override
    public void onError(Throwable error) {
      fromJvm.end();
      super.onError(error);
    }

    @Override
    public void onComplete() {
      fromJvm.end();
      super.onComplete();
    }
  }

  private final class End extends ResultCallback.Adapter<WaitResponse> {
    @Override
    public void onNext(WaitResponse response) {
      status.complete(response.getStatusCode());
    }

    @Override
    public void onError(Throwable error) { // it ended so soon that it is gone
      status.completeExceptionally(error);
    }
  }

  @Override
  public Wire connect() throws IOException {
    var wire = new Wire(fromJvm.in(), toJvm.out());
    readLimit(START_LIMIT_MILLIS);
    String nonce = Wire.nonce();
    wire.send("stdio", nonce);
    wire.expect(nonce);
    return wire;
  }

  @Override
  public void readLimit(int millis) {
    fromJvm.readLimit(millis);
  }

  @Override
  public String printed() {
    return printed.toString();
  }

  @Override
  public String end() {
    try {
      return "with status " + status.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (Exception e) {
      return ""; // it runs still, or nobody knows
    }
  }

  @Override
  public boolean hasCrashed() {
    return status.isDone() && !status.isCompletedExceptionally() && status.join() == CRASHED;
  }

  @Override
  public void kill() {
    toJvm.end();
    try {
      engine.removeContainerCmd(id).withForce(true).exec();
    } catch (RuntimeException e) {
      // It has ended and is gone, or the engine is.
    }
    fromJvm.end();
  }

  @Override
  public void close() {
    kill();
  }
}
