package course.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;

/**
 * Gives each test its {@link Story}, and sees that it ends: each runs on a thread of its own, and
 * one that does not come back is told with the stacks that hold it.
 */
final class StoryExtension implements InvocationInterceptor, ParameterResolver {
  /** Bounds a hang: no right solution comes near it, on a loaded machine either. */
  static final int LIMIT_SECONDS = 8;

  /** Bounds a test in which the interleaving tester explores: that bounds its own runs. */
  private static final int EXPLORING_LIMIT_SECONDS = 30;

  /** After it no more orders are tried: soon enough to say so. */
  private static final Duration EXPLORING = Duration.ofSeconds(25);

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StoryExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Story.class;
  }

  @Override
  public Story resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return story(context);
  }

  private static Story story(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Story.class,
            _ -> new Story(new OwnCode(context.getRequiredTestClass()), rule(context), EXPLORING),
            Story.class);
  }

  /** Returns the sentence of the rule that is tried: the name of the test that has its points. */
  private static String rule(ExtensionContext context) {
    Method test = context.getRequiredTestMethod();
    Rule rule = test.getAnnotation(Rule.class);
    if (rule == null) {
      return sentence(test);
    }
    Method says =
        Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Rule.class))
            .filter(method -> method.getAnnotation(Rule.class).value() == rule.value())
            .filter(method -> method.getAnnotation(Rule.class).points() > 0)
            .findFirst()
            .orElse(test);
    return "rule %d of README.md: %s".formatted(rule.value(), sentence(says));
  }

  private static String sentence(Method test) {
    return test.getName().replace('_', ' ');
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Story story = story(context);
    var ownCode = new OwnCode(context.getRequiredTestClass());
    var failure = new Throwable[1]; // written before it has ended, read after: no race
    // Not Thread.join, which needs the thread's monitor: the student's code may have taken it.
    var ended = new CountDownLatch(1);
    // A daemon: a test that never ends must not keep the JVM alive.
    Thread thread =
        Thread.ofPlatform()
            .name("test")
            .daemon()
            .unstarted(() -> {
              try {
                invocation.proceed();
              } catch (Throwable e) {
                failure[0] = e;
              } finally {
                ended.countDown();
              }
            });
    story.toldBy(thread);
    thread.start();
    int limit = LIMIT_SECONDS;
    boolean hasEnded = ended.await(limit, SECONDS);
    if (!hasEnded && story.explores()) {
      limit = EXPLORING_LIMIT_SECONDS;
      hasEnded = ended.await(limit - LIMIT_SECONDS, SECONDS);
    }
    if (!hasEnded) {
      StoryError hang =
          story.hung(Stacks.tell(ownCode, thread.threadId(), Duration.ofSeconds(limit)));
      thread.interrupt();
      throw trimmed(hang, context);
    }
    Throwable thrown = failure[0];
    if (story.failure() != null) {
      throw trimmed(story.failure(), context); // the student's code may have caught it
    } else if (thrown instanceof AssertionError && !ownCode.contains(thrown.getClass().getName())) {
      throw trimmed(thrown, context);
    } else if (thrown != null) {
      throw trimmed(story.threw(thrown), context);
    }
  }

  /** Leaves the line of the test and nothing of the frameworks above it. */
  private static Throwable trimmed(Throwable failure, ExtensionContext context) {
    if (failure instanceof AssertionFailedError) {
      String tests = context.getRequiredTestClass().getName();
      StackTraceElement[] stack = failure.getStackTrace();
      var kept = new ArrayList<StackTraceElement>();
      for (StackTraceElement frame : stack) {
        if (frame.getClassName().startsWith(tests)) {
          kept.add(frame);
        }
      }
      failure.setStackTrace(kept.toArray(StackTraceElement[]::new));
    }
    return failure;
  }
}
