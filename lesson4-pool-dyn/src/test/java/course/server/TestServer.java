package course.server;

import course.common.Work;
import course.contract.ServerContract.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** This lesson's server in the test's own JVM, on a free port; closed by the test. */
record TestServer(Server server, Thread accepting) implements RunningServer {
  static TestServer start(Work work) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = new Server(address, work, true, new Handlers(3));
    Thread accepting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                server.acceptConnections();
              } catch (InterruptedException e) {
                // The test is over.
              }
            });
    return new TestServer(server, accepting);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
