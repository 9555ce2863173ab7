package course.grader.grade.results;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chrome or Chromium without a window. The client's tests have the like; theirs can't be used here,
 * for the grader is built without the client. For one thread.
 */
final class Browser implements AutoCloseable {
  static final String NONE = "no chromedriver with Chrome or Chromium on the PATH";

  // Held, for loggers are forgotten otherwise. It warns of commands that are not used here.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts a browser; empty if there is none on the PATH, or no driver for it.
   *
   * @param profile a folder of its own, so that it touches no one's settings
   */
  static Optional<Browser> start(Path profile) {
    Optional<Path> driver = onPath("chromedriver");
    Optional<Path> chrome =
        Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst();
    if (driver.isEmpty() || chrome.isEmpty()) {
      return Optional.empty();
    }
    SELENIUM.setLevel(Level.SEVERE);
    var log = new LoggingPreferences();
    log.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(chrome.get().toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, log);
    options.addArguments(
        "--headless",
        "--hide-scrollbars",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    // With the driver's path given, Selenium does not look for one to download.
    System.setProperty("webdriver.chrome.driver", driver.get().toString());
    return Optional.of(new Browser(new ChromeDriver(options)));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void open(String url) {
    driver.get(url);
  }

  /** Makes the window so large, in pixels; one narrower than 600 is a phone's. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Has the reader prefer {@code light} or {@code dark}. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Runs a script beside the page's own, and returns what it returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Returns what has come to the console since the last call. */
  List<LogEntry> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll();
  }

  /** Returns a picture of what the window shows, as a PNG file. */
  byte[] screenshot() {
    Map<String, Object> shot = driver.executeCdpCommand("Page.captureScreenshot", Map.of());
    return Base64.getDecoder().decode((String) shot.get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
