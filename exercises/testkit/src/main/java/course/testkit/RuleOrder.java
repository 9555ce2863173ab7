package course.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Runs tests in the order of their rules; of each rule, the test that says it first. */
final class RuleOrder implements MethodOrderer {
  @Override
  public void orderMethods(MethodOrdererContext context) {
    context
        .getMethodDescriptors()
        .sort(
            comparingInt((MethodDescriptor test) -> rule(test, true))
                .thenComparing(
                    comparingInt((MethodDescriptor test) -> rule(test, false)).reversed())
                .thenComparing(comparing(test -> test.getMethod().getName())));
  }

  private static int rule(MethodDescriptor test, boolean number) {
    return test.findAnnotation(Rule.class)
        .map(rule -> number ? rule.value() : rule.points())
        .orElse(0);
  }
}
