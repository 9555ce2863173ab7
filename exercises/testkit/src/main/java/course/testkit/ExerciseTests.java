package course.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a class of an exercise's tests, which run in the order of their {@link Rule}s. Each test may
 * take a {@link Story}; each ends within {@value StoryExtension#LIMIT_SECONDS} seconds, or its
 * verdict shows where the student's code hangs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestMethodOrder(RuleOrder.class)
@ExtendWith(StoryExtension.class)
public @interface ExerciseTests {}
