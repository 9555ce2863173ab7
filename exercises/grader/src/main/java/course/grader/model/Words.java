package course.grader.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the commands say in the same words. */
public final class Words {
  /** What a reader types to start us; a command's name and its arguments follow. */
  public static final String COMMAND = "java Course.java";

  private Words() {}

  /** Returns what to say of an exception: the JDK's message on a file is often just its name. */
  public static String of(Exception e) {
    return switch (e) {
      case UncheckedIOException unchecked -> of(unchecked.getCause());
      case NoSuchFileException missing -> Path.of(missing.getFile()).normalize() + " is missing";
      case AccessDeniedException denied ->
          denied.getFile() + " can't be opened: you have no permission";
      case FileAlreadyExistsException there ->
          there.getFile() + " is there already, and is no folder: name another";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      case IOException other when other.getMessage() != null -> other.getMessage();
      default -> fault(e);
    };
  }

  /** Returns what to say of what nobody has thought of. */
  public static String fault(Throwable thrown) {
    return "a fault of the course's, not yours: " + thrown;
  }
}
