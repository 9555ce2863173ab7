package course.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown page: what of it the build can hold against the code.
 *
 * @param file the page, under the root of the course
 * @param blocks its code blocks
 * @param links where its links and pictures point
 * @param anchors the names of its headings, for links with a {@code #}
 */
record Page(String file, List<CodeBlock> blocks, List<Target> links, List<String> anchors) {
  private static final Pattern HTML_TARGET = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  /** Where a link points, and the line (from 1) on which its paragraph starts. */
  record Target(String to, int line) {}

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
      var file = Pattern.compile(" file=(\\S+)").matcher(info);
      return file.find() ? file.group(1) : null;
    }
  }

  static Page read(Course course, String file) {
    String text = String.join("\n", course.lines(file)) + "\n";
    Node document =
        Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build().parse(text);
    var page = new Page(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    document.accept(page.new Reader());
    return page;
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
