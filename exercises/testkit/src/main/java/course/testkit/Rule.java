package course.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which rule of the exercise's README a test tries. The test that has the rule's points says
 * the rule: its name is the rule's sentence. Other tests may try the same rule and have none.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {
  /** Returns the rule's number. */
  int value();

  /** Returns what the rule is worth: earned when all tests of the rule pass. */
  int points() default 0;
}
