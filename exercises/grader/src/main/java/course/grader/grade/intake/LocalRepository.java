package course.grader.grade.intake;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;

/**
 * A repository in a folder of this machine, fetched from as if it were elsewhere. The library's own
 * way prints a stack trace where the repository is damaged; here the one who fetches is told.
 */
final class LocalRepository {
  private LocalRepository() {}

  /**
   * Returns a way to fetch from it, or nothing if there is no such folder.
   *
   * @param uri its URL, of the scheme file
   * @param into where goes what is fetched
   * @throws IOException if it can't be opened
   */
  static Optional<Transport> transport(URIish uri, Repository into) throws IOException {
    File folder = FileKey.resolve(new File(uri.getPath()), FS.DETECTED);
    if (folder == null) {
      return Optional.empty();
    }
    // Each connection of the transport opens the repository again, and closes it.
    try (Repository from =
        new FileRepositoryBuilder().setGitDir(folder).setMustExist(true).build()) {
      var protocol = new TestProtocol<Void>((nobody, repository) -> new Silent(repository), null);
      return Optional.of(protocol.open(protocol.register(null, from), into, null));
    } catch (RepositoryNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The repository's side of a fetch. What goes wrong there is seen on the other side. */
  private static final class Silent extends UploadPack {
    Silent(Repository repository) {
      super(repository);
    }

    @Override
    public void upload(InputStream in, OutputStream out, OutputStream messages) throws IOException {
      try {
        uploadWithExceptionPropagation(in, out, messages);
      } catch (IOException | RuntimeException e) {
        // The connection ends now, and with it the fetch.
      }
    }
  }
}
