package course.client.tour;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chrome or Chromium without a window, as a reader of the tour's page has it. For one thread. */
public final class Browser implements AutoCloseable {
  /** What to tell someone for whom {@link #start} finds nothing. */
  public static final String NONE = "no chromedriver with Chrome or Chromium on the PATH";

  // Held, for loggers are forgotten otherwise. It warns that it knows no typed commands for this
  // version of the browser's protocol; none are used here.
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
  public static Optional<Browser> start(Path profile) {
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

  ChromeDriver driver() {
    return driver;
  }

  public void open(Path page) {
    driver.get(page.toUri().toString());
  }

  /** Makes the window so large, in pixels; one narrower than 600 is a phone's. */
  public void resize(int width, int height) {
    resize(width, height, 1);
  }

  /** The same, on a screen that has so many dots for a pixel's width. */
  public void resize(int width, int height, int dots) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", dots, "mobile", width < 600));
  }

  /** Adds rules to the page's own style. */
  public void style(String css) {
    driver.executeScript(
        "document.head.append(Object.assign(document.createElement('style'),"
            + " {textContent: arguments[0]}))",
        css);
  }

  /**
   * Returns a picture of the page, as a PNG file.
   *
   * @param whole also of what is below the window's edge
   */
  public byte[] screenshot(boolean whole) {
    Map<String, Object> shot =
        driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", whole));
    return Base64.getDecoder().decode((String) shot.get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
