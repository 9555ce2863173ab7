package course.grader.grade.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A server on this machine that speaks git's protocol over http, or what a test wants. */
final class GitServer implements AutoCloseable {
  static final String REFS = "application/x-git-upload-pack-advertisement";

  /** How a path is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> logins = new CopyOnWriteArrayList<>();

  GitServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Returns the URL of a path. */
  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port(), path);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Returns all that was sent to say who asks. */
  List<String> logins() {
    return logins;
  }

  /** Answers all paths that begin so. */
  GitServer at(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
              .ifPresent(logins::add);
          try (exchange) {
            answer.to(exchange);
          }
        });
    return this;
  }

  /** Serves a repository, as forges do. */
  static Answer repository(Repository git) {
    return exchange -> {
      var pack = new UploadPack(git);
      pack.setBiDirectionalPipe(false);
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Git-Protocol"))
          .ifPresent(version -> pack.setExtraParameters(List.of(version)));
      var bytes = new ByteArrayOutputStream();
      boolean isRefs = exchange.getRequestURI().getPath().endsWith("/info/refs");
      if (isRefs) {
        var out = new PacketLineOut(bytes);
        out.writeString("# service=git-upload-pack\n");
        out.end();
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
      } else {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        pack.upload(isPacked ? new GZIPInputStream(body) : body, bytes, null);
      }
      send(
          exchange,
          200,
          isRefs ? REFS : "application/x-git-upload-pack-result",
          bytes.toByteArray());
    };
  }

  /** Answers with a status, a type and some bytes. */
  static Answer answer(int status, String type, byte[] bytes) {
    return exchange -> send(exchange, status, type, bytes);
  }

  static Answer answer(int status, String type, String text) {
    return answer(status, type, text.getBytes(UTF_8));
  }

  /** Sends us elsewhere. */
  static Answer redirect(String url) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", url + "/info/refs?service=git-upload-pack");
      send(exchange, 301, "text/plain", new byte[0]);
    };
  }

  /** Answers with bytes that never end. */
  static Answer endless(byte[] bytes) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", REFS);
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (true) {
          out.write(bytes);
        }
      }
    };
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    // It may end the connection as it closes the exchange: the next request must not come on it.
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
