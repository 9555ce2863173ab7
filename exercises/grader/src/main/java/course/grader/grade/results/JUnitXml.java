package course.grader.grade.results;

import course.grader.grade.model.State;
import course.grader.model.PlainText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes what CI servers read: JUnit's XML, with a suite for each student. */
final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(Writer writer, ClassTable table) throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      attribute(xml, "name", table.exercise().name());
      var suites = new JUnitXml(xml);
      for (Row row : table.rows()) {
        suites.suite(table.result(row), table.exercise().name());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("junit.xml: " + e.getMessage(), e);
    }
  }

  private void suite(StudentResult result, String exercise) throws XMLStreamException {
    List<StudentResult.Test> tests = result.tests();
    boolean graded = result.state() == State.GRADED;
    boolean error = result.state() == State.GRADER_ERROR;
    long failures = graded ? result.failing().size() : error ? 0 : 1;
    start("testsuite", 1);
    attribute("name", result.student());
    attribute("tests", graded ? tests.size() : 1);
    attribute("failures", failures);
    attribute("errors", error ? 1 : 0);
    attribute("skipped", 0);
    if (!graded) { // a suite without a test would look like a good one
      start("testcase", 2);
      attribute("classname", exercise);
      attribute("name", "is graded");
      problem(error ? "error" : "failure", result.state().words(), result.why());
      end(2);
    } else {
      for (StudentResult.Test test : tests) {
        start("testcase", 2);
        attribute("classname", exercise + "." + test.type());
        attribute("name", test.name() + " " + test.sentence());
        if (!test.passed()) {
          problem("failure", test.failure().seen(), test.failure().text());
        }
        end(2);
      }
    }
    end(1);
  }

  private void problem(String kind, String message, String text) throws XMLStreamException {
    start(kind, 3);
    attribute("message", PlainText.line(message));
    xml.writeCharacters(PlainText.lines(text));
    xml.writeEndElement();
  }

  private void start(String element, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(element);
  }

  private void end(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }

  private void attribute(String name, Object value) throws XMLStreamException {
    attribute(xml, name, value);
  }

  private static void attribute(XMLStreamWriter xml, String name, Object value)
      throws XMLStreamException {
    xml.writeAttribute(name, PlainText.line(String.valueOf(value)));
  }
}
