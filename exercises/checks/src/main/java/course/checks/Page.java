package course.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown page: what of it the build can hold against the code.
 *
 * @param file the page, under the root of the course
 * @param blocks its code blocks
 * @param links where its links and pictures point
 * @param pictures its pictures
 * @param anchors the names of its headings, for links with a {@code #}
 * @param parts the lines (from 1) on which its parts begin: headings of the first two levels
 * @param paragraphs its prose
 */
record Page(
    String file,
    List<CodeBlock> blocks,
    List<Target> links,
    List<Picture> pictures,
    List<String> anchors,
    List<Integer> parts,
    List<Prose> paragraphs) {
  private static final Pattern HTML_TARGET = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
  private static final Pattern COMMAND = Pattern.compile("<!-- (java .*) -->");

  /** Where a link points, and the line (from 1) on which its paragraph starts. */
  record Target(String to, int line) {}

  /**
   * A picture.
   *
   * @param file where it points
   * @param command what draws it anew, from the comment below it, or null
   * @param line the line (from 1) on which its paragraph starts
   */
  record Picture(String file, String command, int line) {}

  /**
   * A fenced code block.
   *
   * @param info what stands behind the opening fence, such as {@code java file=src/Main.java}
   * @param lines its text, without blanks at the ends of lines
   * @param line the line (from 1) of its opening fence
   */
  record CodeBlock(String info, List<String> lines, int line) {
    String language() {
      return info.split(" ", 2)[0];
    }

    /** Returns the file that the block shows a part of, as the info string names it, or null. */
    String shownFile() {
      return option("file").orElse(null);
    }

    /** Returns the value of {@code name=value} in the info string. */
    Optional<String> option(String name) {
      return Pattern.compile(" " + name + "=(\\S+)")
          .matcher(info)
          .results()
          .map(m -> m.group(1))
          .findFirst();
    }
  }

  /**
   * A paragraph, also one in a list.
   *
   * @param lines its lines, without their indent
   * @param masked the same with a backtick for each letter of code: a point in code ends nothing
   * @param line the line (from 1) on which it starts
   */
  record Prose(List<String> lines, List<String> masked, int line) {}

  static Page read(Course course, String file) {
    return of(file, course.lines(file));
  }

  /** Reads a page that is given by its lines. */
  static Page of(String file, List<String> lines) {
    String text = String.join("\n", lines) + "\n";
    Node document =
        Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build()
            .parse(text);
    var page =
        new Page(
            file,
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    document.accept(page.new Reader(lines));
    for (Target link : page.links) {
      if (link.to().matches(".*\\.(png|svg|gif|jpe?g|webp)")) {
        page.pictures.add(new Picture(link.to(), commandBelow(lines, link.line()), link.line()));
      }
    }
    return page;
  }

  private static String commandBelow(List<String> lines, int line) {
    return lines.subList(line - 1, lines.size()).stream()
        .takeWhile(l -> !l.isEmpty())
        .map(COMMAND::matcher)
        .filter(Matcher::matches)
        .map(command -> command.group(1))
        .findFirst()
        .orElse(null);
  }

  /** Returns the blocks of one language that stand above a line, in the same part. */
  List<CodeBlock> above(int line, String language) {
    int start = parts.stream().filter(part -> part < line).reduce(0, Math::max);
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .filter(block -> start < block.line() && block.line() < line)
        .toList();
  }

  /** Returns a path that this page names, as the course names it: pages name what lies by them. */
  String resolve(String path) {
    return Path.of("/" + file)
        .resolveSibling(path)
        .normalize()
        .toString()
        .replace('\\', '/')
        .replaceFirst("^([A-Z]:)?/", "");
  }

  /** Says where something is, as compilers do. */
  String at(int line) {
    return file + ":" + line;
  }

  private final class Reader extends AbstractVisitor {
    private final List<String> lines;
    private final List<StringBuilder> masked;

    Reader(List<String> lines) {
      this.lines = lines;
      masked = lines.stream().map(StringBuilder::new).toList();
    }

    @Override
    public void visit(Paragraph paragraph) {
      visitChildren(paragraph); // first: this masks the code in it
      List<SourceSpan> spans = paragraph.getSourceSpans();
      paragraphs.add(
          new Prose(
              spans.stream().map(span -> in(lines.get(span.getLineIndex()), span)).toList(),
              spans.stream().map(span -> in(masked.get(span.getLineIndex()), span)).toList(),
              line(paragraph)));
    }

    @Override
    public void visit(Code code) {
      for (SourceSpan span : code.getSourceSpans()) {
        int start = span.getColumnIndex();
        int end = start + span.getLength();
        masked.get(span.getLineIndex()).replace(start, end, "`".repeat(end - start));
      }
    }

    private static String in(CharSequence line, SourceSpan span) {
      return line.subSequence(span.getColumnIndex(), span.getColumnIndex() + span.getLength())
          .toString();
    }

    @Override
    public void visit(FencedCodeBlock block) {
      blocks.add(
          new CodeBlock(
              block.getInfo().strip(),
              block.getLiteral().lines().map(String::stripTrailing).toList(),
              line(block)));
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      blocks.add(new CodeBlock("", block.getLiteral().lines().toList(), line(block)));
    }

    @Override
    public void visit(Link link) {
      links.add(new Target(link.getDestination(), line(link)));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      links.add(new Target(image.getDestination(), line(image)));
      visitChildren(image);
    }

    @Override
    public void visit(HtmlBlock html) {
      addHtml(html.getLiteral(), line(html));
    }

    @Override
    public void visit(HtmlInline html) {
      addHtml(html.getLiteral(), line(html));
    }

    private void addHtml(String html, int line) {
      HTML_TARGET.matcher(html).results().forEach(m -> links.add(new Target(m.group(1), line)));
    }

    /** Forges make a heading's anchor so: lower case, no punctuation, a dash for each blank. */
    @Override
    public void visit(Heading heading) {
      String name = text(heading).toLowerCase(Locale.ROOT);
      anchors.add(name.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
      if (heading.getLevel() <= 2) {
        parts.add(line(heading));
      }
      visitChildren(heading);
    }

    private static String text(Node node) {
      var text = new StringBuilder();
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        text.append(
            switch (child) {
              case Text t -> t.getLiteral();
              case Code c -> c.getLiteral();
              default -> text(child);
            });
      }
      return text.toString();
    }

    private static int line(Node node) {
      Node block = node;
      while (!(block instanceof Block)) {
        block = block.getParent();
      }
      return block.getSourceSpans().getFirst().getLineIndex() + 1;
    }
  }
}
