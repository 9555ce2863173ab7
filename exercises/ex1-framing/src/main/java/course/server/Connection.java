package course.server;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** One client's socket, from accept to close. Its thread reads and replies in turn. */
final class Connection {
  private final Socket socket;

  Connection(Socket socket) {
    this.socket = socket;
  }

  void start() {
    Thread.ofPlatform().start(this::serve);
  }

  private void serve() {
    try (socket) {
      var frames = new FrameReader(socket.getInputStream());
      var replies = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      byte[] message;
      while ((message = frames.next()) != null) {
        System.out.println("<< a message of " + message.length + " bytes");
        replies.writeInt(message.length); // four bytes, the most significant first
        replies.write(message);
        replies.flush();
      }
    } catch (IOException e) {
      System.err.println("server: a connection ended: " + e);
    }
  }
}
