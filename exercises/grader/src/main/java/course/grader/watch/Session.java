package course.grader.watch;

import course.grader.engine.Engine;
import course.grader.model.Exercise;
import course.grader.model.Submission;
import course.grader.model.Verdict;
import course.grader.model.Words;
import course.grader.watch.Screen.News;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jgit.lib.Repository;

/**
 * What goes on between a student and the tests. All state belongs to the thread that calls {@link
 * #run}; others send it {@link Event}s.
 */
final class Session implements AutoCloseable {
  /** The folder for all that is kept; git ignores it. */
  static final String FOLDER = "exercises/.watch";

  static final char CTRL_C = '\3';
  private static final char CTRL_D = '\4';

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Judge judge;
  private final Repository repository;
  private final Saves saves;
  private final Screen screen;
  private final Path folder;
  private final Exercises exercises;

  private String branch;
  private Submission files;
  private int ran = -1;
  private Verdict verdict;
  private Duration took = Duration.ZERO;
  private List<String> remarks = List.of();
  private List<String> hints = List.of();
  private boolean list;
  private String notice = "";
  private final Question question = new Question();

  /** A reset is to be noticed as a save: no reason to take what is said of it away. */
  private boolean wasReset;

  /**
   * @param course the course's root folder
   * @param all all exercises, at least one
   * @param first the one to begin with
   * @param repository the clone; null if there is none
   */
  Session(
      Path course,
      List<Exercise> all,
      Exercise first,
      Repository repository,
      Engine engine,
      Screen screen) {
    this.repository = repository;
    this.judge = new Judge(engine, this::tell);
    this.screen = screen;
    this.folder = course.resolve(FOLDER);
    this.exercises = new Exercises(all, first, folder);
    this.saves = new Saves(repository, this::tell);
  }

  /** Any thread may call this. */
  void tell(Event event) {
    events.add(event);
  }

  /** Returns the number of the question on the screen; 0 if there is none. Thread-safe. */
  int question() {
    return question.number();
  }

  /** Goes on until the student quits. */
  void run() throws InterruptedException {
    go(exercises.current());
    saves.start();
    while (handle(events.take())) {}
  }

  /** Returns whether to go on. */
  private boolean handle(Event event) {
    switch (event) {
      case Event.Saved saved -> {
        if (saved.exercise().equals(exercise())) {
          files = saved.files();
          notice = wasReset ? notice : "";
          judge();
        }
      }
      case Event.Switched switched -> switchTo(switched.branch());
      case Event.Failed failed -> {
        if (judge.isCurrent(failed.run())) {
          ran = -1;
          notice("the tests could not be run: " + failed.why());
        }
      }
      case Event.Ran now -> {
        if (judge.isCurrent(now.run())) {
          ran = now.tests();
          show(News.RUNNING);
        }
      }
      case Event.Judged judged -> {
        if (judge.isCurrent(judged.run())) {
          judged(judged);
        }
      }
      case Event.Remarked remarked -> {
        if (judge.isCurrent(remarked.run())) {
          remarks = remarked.remarks();
          show(News.ADVICE);
        }
      }
      case Event.Resized() -> show(News.SIZE);
      case Event.Key key -> {
        return handle(key);
      }
    }
    return true;
  }

  private void judge() {
    judge.begin(exercise(), files);
    ran = 0;
    show(News.RUNNING);
  }

  private void judged(Event.Judged judged) {
    wasReset = false;
    verdict = judged.verdict();
    took = judged.took();
    remarks = List.of();
    ran = -1;
    try {
      exercises.judged(verdict);
    } catch (IOException e) {
      notice = "your progress can't be kept: " + Words.of(e);
    }
    show(News.VERDICT);
  }

  private boolean handle(Event.Key typed) {
    char key = typed.key();
    if (key == CTRL_C || key == CTRL_D) {
      return quit();
    }
    if (question.isOpen()) {
      switch (question.take(typed)) {
        case OPEN -> show(News.TYPING);
        case YES -> reset();
        case NO -> notice("Your work is kept as it is.");
      }
      return true;
    }
    list = list && key == 'l'; // any other key leaves it
    OptionalInt number = exercises.numbered(key);
    switch (key) {
      case 'q' -> {
        return quit();
      }
      case 'h' -> hint();
      case 'n' -> go(exercises.next());
      case 'l' -> {
        list = !list;
        show(list ? News.LIST : News.SIZE);
      }
      case 'r' -> {
        notice(Question.TEXT);
        question.open();
      }
      case '\r', '\n' -> {
        if (files != null) {
          judge();
        }
      }
      default -> number.ifPresent(this::go);
    }
    return true;
  }

  /** To end takes a moment: the thread that waits for the tests, and their JVM, have to. */
  private boolean quit() {
    question.close();
    notice("Ending.");
    return false;
  }

  private void hint() {
    try {
      List<String> all = exercise().hints();
      notice = hints.size() == all.size() ? "There are no more hints." : "";
      hints = all.subList(0, Math.min(hints.size() + 1, all.size()));
      show(News.HINT);
    } catch (IOException e) {
      notice("the hints can't be read: " + Words.of(e));
    }
  }

  private void go(int index) {
    judge.cancel();
    exercises.turnTo(index);
    files = null;
    verdict = null;
    remarks = List.of();
    ran = -1;
    hints = List.of();
    list = false;
    notice = "";
    question.close();
    saves.watch(exercise());
    show(News.EXERCISE);
  }

  private void switchTo(String now) {
    boolean first = branch == null;
    branch = now;
    OptionalInt own = exercises.on(now);
    if (!first && own.isPresent()) {
      go(own.getAsInt());
    } else {
      show(News.SIZE);
    }
  }

  private void reset() {
    try {
      Path backup = Starter.reset(repository, exercise(), folder.resolve("backup"));
      wasReset = !exercise().submission().equals(files);
      notice("Put back. What you had is in " + backup.normalize());
    } catch (IOException e) {
      notice("Nothing was reset: " + Words.of(e));
    }
  }

  private void notice(String text) {
    notice = text;
    show(News.NOTICE);
  }

  private Exercise exercise() {
    return exercises.watched();
  }

  private void show(News news) {
    screen.show(
        new View(
            exercises.all(),
            exercises.current(),
            exercises.scores(),
            verdict,
            took,
            ran,
            hints,
            list,
            advice(),
            exercises.warning(branch),
            question.isOpen() ? question.text() : notice),
        news);
  }

  private List<String> advice() {
    var advice = new ArrayList<>(remarks);
    if (files != null) {
      advice.addAll(files.advice());
    }
    return advice;
  }

  /** Ends the run that is under way, and the threads. */
  @Override
  public void close() {
    saves.close();
    judge.close();
  }
}
