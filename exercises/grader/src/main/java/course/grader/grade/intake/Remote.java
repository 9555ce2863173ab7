package course.grader.grade.intake;

import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * A repository somewhere else. Immutable. A password in its URL is in nothing that is printed.
 *
 * @param uri where it is: with no password, and with no user but for ssh
 * @param scheme how it is reached, such as {@code https}
 * @param host the machine it is on; {@code file} for this one
 * @param login what the URL gives for http, in the form of its header
 */
record Remote(URIish uri, String scheme, String host, Optional<Login> login) {
  private static final Set<String> SCHEMES = Set.of("https", "ssh", "http", "file");
  private static final Pattern HOST =
      Pattern.compile("[\\p{Alnum}_][\\p{Alnum}_.-]*|\\[[\\p{XDigit}:.]+\\]");
  private static final Pattern USER = Pattern.compile("[\\p{Alnum}_][\\p{Alnum}_.-]*");

  /** Who we are to a server. Its words are in no text. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "(not shown)";
    }
  }

  /**
   * Reads a URL, also in the short form of ssh.
   *
   * @throws IllegalArgumentException if it is none, or no kind that we read: one line says why
   */
  static Remote parse(String text) {
    try {
      // What the parser makes of odd characters is not what a server makes of them.
      URIish said = text.matches("[\\x21-\\x7e&&[^\\\\]]+|/.*|file:.*") ? new URIish(text) : null;
      String scheme = said == null ? "" : scheme(said);
      if (scheme.isEmpty() || said.getPath() == null || said.getPath().isEmpty()) {
        throw new IllegalArgumentException(
            "'%s' is no URL of a repository".formatted(withoutLogin(text)));
      } else if (!SCHEMES.contains(scheme)) {
        throw new IllegalArgumentException(
            "%s: is not read, only https and ssh".formatted(Shown.name(scheme)));
      }
      return scheme.equals("file") ? file(said) : remote(said, scheme, text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no URL of a repository".formatted(withoutLogin(text)), e);
    }
  }

  private static String scheme(URIish uri) {
    if (uri.getScheme() != null) {
      return Shown.lower(uri.getScheme());
    } else if (uri.getHost() != null) {
      return "ssh";
    }
    return uri.getPath() != null && uri.getPath().startsWith("/") ? "file" : "";
  }

  private static Remote file(URIish uri) {
    return new Remote(
        uri.setHost(null).setUser(null).setPass(null), "file", "file", Optional.empty());
  }

  private static Remote remote(URIish uri, String scheme, String text) {
    String host = uri.getHost() == null ? "" : Shown.lower(uri.getHost());
    boolean isSsh = scheme.equals("ssh");
    String user = uri.getUser();
    // A host or a user that begins with a dash would be an option of ssh's.
    if (!HOST.matcher(host).matches() || (isSsh && user != null && !USER.matcher(user).matches())) {
      throw new IllegalArgumentException(
          "'%s' has no usable host or user".formatted(withoutLogin(text)));
    }
    Optional<Login> login =
        isSsh || user == null
            ? Optional.empty()
            : Optional.of(new Login(user, uri.getPass() == null ? "" : uri.getPass()));
    return new Remote(uri.setPass(null).setUser(isSsh ? user : null), scheme, host, login);
  }

  private static String withoutLogin(String text) {
    return Shown.name(text.replaceFirst("^(\\w+:/*)?[^/@]*@", "$1").replaceFirst("//[^/]*@", "//"));
  }

  /** Returns what is printed of it. */
  @Override
  public String toString() {
    return Shown.name(uri.setUser(null).toString());
  }
}
