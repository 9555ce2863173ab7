package course.grader.branches;

import course.grader.branches.GitProgram.Answer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.URIish;

/**
 * The branch that a clone of a repository checks out: the one that its HEAD names. A bare
 * repository has it from the git that made it, which may say master; then a clone is empty.
 */
final class DefaultBranch {
  private static final String MAIN = Constants.R_HEADS + "main";
  private static final Pattern BRANCH = Pattern.compile("(?m)^ref: refs/heads/(.+)\tHEAD$");
  private static final Pattern COMMIT =
      Pattern.compile("(?m)^(\\p{XDigit}+)\t(HEAD|" + MAIN + ")$");

  private DefaultBranch() {}

  /**
   * Makes it main where it can: git's protocols know no way, so only on this machine.
   *
   * @param remote a repository that has a branch main, as git in the folder knows it
   * @return what was done, or what the teacher must do; empty if all is well
   */
  static Optional<String> makeMain(GitProgram git, String remote)
      throws IOException, InterruptedException {
    String refs = git.ask("ls-remote", "--symref", remote, Constants.HEAD, MAIN).text();
    Matcher branch = BRANCH.matcher(refs);
    boolean named = branch.find();
    boolean isMain =
        named
            ? branch.group(1).equals("main")
            // An old server names no branch: then the commit must do.
            : COMMIT.matcher(refs).results().map(found -> found.group(1)).distinct().count() == 1
                && refs.contains("\tHEAD");
    if (isMain) {
      return Optional.empty();
    }
    Optional<GitProgram> there =
        here(git.ask("ls-remote", "--get-url", remote).text()).map(GitProgram::new);
    if (there.isPresent()
        && there.get().ask("rev-parse", "--is-bare-repository").equals(new Answer(0, "true"))
        && there.get().run("symbolic-ref", Constants.HEAD, MAIN) == 0) {
      return Optional.of("now names main, which a clone checks out");
    }
    return Optional.of(
        "names %s: set the default branch to main in the forge's settings, or on its machine: git -C REPO symbolic-ref HEAD %s"
            .formatted(
                named
                    ? branch.group(1) + ", which a clone checks out"
                    : "no branch, so a clone is empty",
                MAIN));
  }

  /** Returns the folder that a URL means on this machine, if it is on this machine. */
  private static Optional<Path> here(String url) {
    try {
      var uri = new URIish(url);
      if (uri.isRemote()) {
        return Optional.empty();
      }
      Path path = Path.of(uri.getPath());
      Path withSuffix = Path.of(path + Constants.DOT_GIT_EXT); // git tries that too
      return Optional.of(Files.isDirectory(path) ? path : withSuffix).filter(Files::isDirectory);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
