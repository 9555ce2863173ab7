package course.grader.engine.runner;

import course.grader.model.Folders;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a runner speaks with the grader. It is opened before the first class of a student's is
 * loaded; from then on standard input is empty, and what is printed is not part of it.
 */
public final class Channel {
  private Channel() {}

  /**
   * Opens the channel that standard input asks for: a socket, or standard input and output. The
   * first message there is the nonce that came with it.
   */
  public static Wire open() throws IOException {
    var input = new Wire(new FileInputStream(FileDescriptor.in), OutputStream.nullOutputStream());
    System.setIn(InputStream.nullInputStream());
    List<String> how = input.receive();
    return switch (how.getFirst()) {
      case "socket" -> {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(how.get(1)));
        socket.setTcpNoDelay(true);
        yield named(new Wire(socket.getInputStream(), socket.getOutputStream()), how);
      }
      case "stdio" -> {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        yield named(input.to(new FileOutputStream(FileDescriptor.out)), how);
      }
      default -> throw new IOException("no way to speak: " + how);
    };
  }

  private static Wire named(Wire wire, List<String> how) throws IOException {
    wire.send(how.getLast());
    return wire;
  }

  /** Writes files, by their paths, into a folder of their own; returns that. */
  static String keep(Map<String, byte[]> files) throws IOException {
    Path folder = Files.createTempDirectory("classes");
    Folders.write(folder, files);
    return folder.toString();
  }
}
