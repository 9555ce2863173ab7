package course.grader.watch;

import course.grader.Engine;
import course.grader.Exercise;
import course.grader.Progress;
import course.grader.Verdict;
import course.grader.watch.Remembered.Score;
import course.grader.watch.Screen.News;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jgit.lib.Repository;

/**
 * What goes on between a student and the tests. All state belongs to the thread that calls {@link
 * #run}; others send it {@link Event}s. The tests run on a thread of their own, so that keys and
 * saves are answered while they hang.
 */
final class Session implements AutoCloseable {
  /** The folder for all that is kept; git ignores it. */
  static final String FOLDER = "exercises/.watch";

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ExecutorService judge =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("waits for the tests").factory());

  private final Engine engine;
  private final Repository repository;
  private final Saves saves;
  private final Screen screen;
  private final Path folder;
  private final Remembered remembered;

  private final List<Exercise> exercises;
  private int current;
  private String branch;
  private Map<String, String> files;

  /** Counts the runs: what an earlier one has to say is of no interest. */
  private int run;

  private Progress progress = new Progress();
  private int ran = -1;
  private Verdict verdict;
  private Duration took = Duration.ZERO;
  private int hints;
  private boolean list;
  private boolean resetAsked;
  private String notice = "";

  /** To be read when the files that were put back are noticed. */
  private String wasReset = "";

  /**
   * @param course the course's root folder
   * @param exercises all exercises, at least one
   * @param first the one to begin with
   * @param repository the clone; null if there is none
   */
  Session(
      Path course,
      List<Exercise> exercises,
      Exercise first,
      Repository repository,
      Engine engine,
      Screen screen) {
    this.exercises = exercises;
    this.current = exercises.indexOf(first);
    this.repository = repository;
    this.engine = engine;
    this.screen = screen;
    this.folder = course.resolve(FOLDER);
    this.remembered = new Remembered(folder);
    this.saves = new Saves(repository, this::tell);
  }

  /** Any thread may call this. */
  void tell(Event event) {
    events.add(event);
  }

  /** Goes on until the student quits. */
  void run() throws InterruptedException {
    go(current);
    saves.start();
    while (handle(events.take())) {}
  }

  /** Returns whether to go on. */
  private boolean handle(Event event) {
    switch (event) {
      case Event.Saved saved -> {
        if (saved.exercise().equals(exercise())) {
          files = saved.files();
          notice = wasReset;
          wasReset = "";
          judge();
        }
      }
      case Event.Switched switched -> switchTo(switched.branch());
      case Event.Trouble trouble -> notice(trouble.what());
      case Event.Ran now -> {
        if (now.run() == run) {
          ran = now.tests();
          show(News.RUNNING);
        }
      }
      case Event.Judged judged -> {
        if (judged.run() == run) {
          judged(judged);
        }
      }
      case Event.Resized() -> show(News.SIZE);
      case Event.Key(char key) -> {
        return handle(key);
      }
    }
    return true;
  }

  private void judge() {
    progress.cancel();
    int now = ++run;
    long start = System.nanoTime();
    var watched = exercise();
    var saved = files;
    var mine = new Progress(tests -> tell(new Event.Ran(now, tests)));
    progress = mine;
    ran = 0;
    show(News.RUNNING);
    judge.execute(() -> {
      try {
        Verdict result = engine.judge(watched, saved, mine);
        tell(new Event.Judged(now, result, Duration.ofNanos(System.nanoTime() - start)));
      } catch (IOException | RuntimeException e) {
        if (!mine.isCancelled()) {
          tell(new Event.Trouble("the tests could not be run, which is no fault of yours: " + e));
        }
      }
    });
  }

  private void judged(Event.Judged judged) {
    verdict = judged.verdict();
    took = judged.took();
    ran = -1;
    int all = verdict.results().size();
    try {
      remembered.put(exercise().name(), new Score(all - verdict.failed().size(), all));
    } catch (IOException e) {
      notice = "your progress can't be kept: " + e;
    }
    show(News.VERDICT);
  }

  private boolean handle(char key) {
    boolean asked = resetAsked;
    resetAsked = false;
    switch (key) {
      case 'q', '\3', '\4' -> { // q, Ctrl-C, Ctrl-D
        return false;
      }
      case 'h' -> hint();
      case 'n' -> go(next());
      case 'l' -> {
        list = !list;
        show(list ? News.LIST : News.SIZE);
      }
      case 'r' -> {
        if (asked) {
          reset();
        } else {
          resetAsked = true;
          notice("r again puts back what you started from; your files are copied before.");
        }
      }
      case '\r', '\n' -> {
        if (files != null) {
          judge();
        }
      }
      default -> number(key);
    }
    return true;
  }

  private void hint() {
    try {
      List<String> all = exercise().hints();
      notice = hints == all.size() ? "There are no more hints." : "";
      hints = Math.min(hints + 1, all.size());
      show(News.HINT);
    } catch (IOException e) {
      notice("the hints can't be read: " + e);
    }
  }

  /** Returns the next one that is not solved; if all are, just the next. */
  private int next() {
    for (int i = 1; i < exercises.size(); i++) {
      int index = (current + i) % exercises.size();
      if (!remembered.solved(exercises.get(index).name())) {
        return index;
      }
    }
    return (current + 1) % exercises.size();
  }

  private void number(char key) {
    for (int i = 0; i < exercises.size(); i++) {
      if (exercises.get(i).number().equals(String.valueOf(key))) {
        go(i);
      }
    }
  }

  private void go(int index) {
    progress.cancel();
    run++;
    current = index;
    files = null;
    verdict = null;
    ran = -1;
    hints = 0;
    list = false;
    notice = branchNotice();
    saves.watch(exercise());
    show(News.EXERCISE);
  }

  /** Work on one exercise does not belong on the branch of another. */
  private String branchNotice() {
    String own = Watch.branch(exercise());
    return branch == null || !branch.startsWith("exercise/") || branch.equals(own)
        ? ""
        : "You are on the branch %s. Commit there, then: git switch %s".formatted(branch, own);
  }

  private void switchTo(String now) {
    boolean first = branch == null;
    branch = now;
    if (!first) {
      for (int i = 0; i < exercises.size(); i++) {
        if (Watch.branch(exercises.get(i)).equals(now)) {
          go(i);
        }
      }
    }
  }

  private void reset() {
    try {
      Path backup = Starter.reset(repository, exercise(), folder.resolve("backup"));
      wasReset = "Put back. What you had is in " + backup.normalize();
      notice(wasReset);
    } catch (IOException e) {
      notice("nothing was reset: " + e.getMessage());
    }
  }

  private void notice(String text) {
    notice = text;
    show(News.NOTICE);
  }

  private Exercise exercise() {
    return exercises.get(current);
  }

  private void show(News news) {
    var scores = exercises.stream().map(each -> remembered.of(each.name())).toList();
    List<String> shown = List.of();
    try {
      shown = hints == 0 ? List.of() : exercise().hints().subList(0, hints);
    } catch (IOException e) {
      hints = 0;
    }
    var view = new View(exercises, current, scores, verdict, took, ran, shown, list, notice);
    screen.show(view, news);
  }

  /** Ends the run that is under way, and the threads. */
  @Override
  public void close() {
    saves.close();
    progress.cancel();
    judge.close();
  }
}
