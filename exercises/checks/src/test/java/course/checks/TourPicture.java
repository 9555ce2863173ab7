package course.checks;

import course.checks.Page.CodeBlock;
import course.client.tour.Browser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Element;

/**
 * The picture on the course's first page: what the tour draws. It carries the table that the tour
 * printed in the same run, so that the page's table and its picture can be held against each other.
 */
final class TourPicture {
  /** What draws it anew, and writes the table of the same run into the page. */
  static final String COMMAND = "java Course.java picture";

  static final String FILE = "client/tour.png";
  private static final String PAGE = "README.md";
  private static final String HEADER = "lesson +time in all .*";
  private static final int WIDTH = 880; // pixels, and the next too: as the first page shows it
  private static final int HEIGHT = 220;
  private static final int DOTS = 2; // for each, as sharp screens have
  private static final String BARS_ONLY = // of all that the tour's page shows
      """
      h1, p, .legend, .card:not(.lesson), .lesson table { display: none; }
      body { max-width: none; padding: 0; }
      .lessons { grid-template-columns: repeat(4, 1fr); gap: 8px; margin: 0; padding: 7px 0; }
      .lesson { padding: 9px 10px 7px; }
      .lesson h2 { font-size: 11.5px; }
      """;
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final String KEYWORD = "Description"; // one of those that the PNG standard names

  private TourPicture() {}

  /** Takes the tour of the course that this was started for, and draws it. */
  public static void main(String[] args) throws Exception {
    try {
      draw(Course.ofCommand(args));
    } catch (IOException e) {
      System.err.println("picture: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void draw(Course course) throws Exception {
    Path folder = course.root().resolve("target").resolve("picture").toAbsolutePath();
    List<String> table = table(takeTour(course, folder));
    draw(folder, table, course.root().resolve(FILE));
    writeIntoPage(course, table);
    System.out.println("drew " + FILE + " and wrote the table of " + PAGE);
  }

  /** Draws the bars of the tour's page that lies in a folder, into a file. */
  private static void draw(Path folder, List<String> table, Path file) throws IOException {
    try (var browser = Browser.start(folder.resolve("profile")).orElse(null)) {
      if (browser == null) {
        throw new IOException(Browser.NONE);
      }
      browser.resize(WIDTH, HEIGHT, DOTS);
      browser.open(folder.resolve("index.html"));
      browser.style(BARS_ONLY);
      Files.write(file, carrying(table, browser.screenshot(false)));
    }
  }

  private static List<String> takeTour(Course course, Path output) throws Exception {
    List<String> words = List.of("tour", "--output", output.toString());
    try (var client = JavaProcess.client(course.root(), words)) {
      List<String> printed = client.awaitAll();
      if (client.awaitExit() != 0) {
        throw new IOException("the tour failed:\n" + String.join("\n", printed));
      }
      return printed;
    }
  }

  /** Returns the rows of what the tour printed, and the line above them. */
  static List<String> table(List<String> printed) {
    return printed.stream()
        .dropWhile(line -> !line.matches(HEADER))
        .takeWhile(line -> !line.isBlank())
        .map(String::stripTrailing)
        .toList();
  }

  /** Returns the table of the tour as the course's first page shows it. */
  static CodeBlock shown(Course course) {
    return Page.read(course, PAGE).blocks().stream()
        .filter(block -> !table(block.lines()).isEmpty())
        .findFirst()
        .orElseThrow(() -> new AssertionError(PAGE + " shows no table of the tour"));
  }

  private static void writeIntoPage(Course course, List<String> table) throws IOException {
    CodeBlock block = shown(course);
    var lines = new ArrayList<>(course.lines(PAGE));
    List<String> content = lines.subList(block.line(), block.line() + block.lines().size());
    content.clear();
    content.addAll(table);
    course.write(PAGE, lines);
  }

  private static byte[] carrying(List<String> text, byte[] png) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(png));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    var type = ImageTypeSpecifier.createFromRenderedImage(image);
    IIOMetadata metadata = writer.getDefaultImageMetadata(type, null);
    var entry = new IIOMetadataNode("tEXtEntry");
    entry.setAttribute("keyword", KEYWORD);
    entry.setAttribute("value", String.join("\n", text));
    var texts = new IIOMetadataNode("tEXt");
    texts.appendChild(entry);
    var root = new IIOMetadataNode(FORMAT);
    root.appendChild(texts);
    metadata.mergeTree(FORMAT, root);
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns the table that a picture carries; empty if it carries none. */
  static Optional<List<String>> carried(Path picture) throws IOException {
    var reader = ImageIO.getImageReadersByFormatName("png").next();
    try (var in = ImageIO.createImageInputStream(picture.toFile())) {
      reader.setInput(in);
      var root = (Element) reader.getImageMetadata(0).getAsTree(FORMAT);
      var entries = root.getElementsByTagName("tEXtEntry");
      for (int i = 0; i < entries.getLength(); i++) {
        var entry = (Element) entries.item(i);
        if (entry.getAttribute("keyword").equals(KEYWORD)) {
          return Optional.of(entry.getAttribute("value").lines().toList());
        }
      }
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }
}
