package course.interleave;

import course.interleave.turns.Scheduler;

/** A run whose threads go when the scheduler says so. */
record ScheduledRun(Scheduler scheduler) implements Run {
  @Override
  public Thread thread(String name, Task task) {
    return start(Thread.ofVirtual().name(name), name, task);
  }

  @Override
  public Thread platformThread(String name, Task task) {
    return start(Thread.ofPlatform().daemon().name(name), name, task);
  }

  private Thread start(Thread.Builder builder, String name, Task task) {
    return scheduler.start(
        builder,
        name,
        () -> {
          task.run();
          return null;
        });
  }

  @Override
  public void join() {
    scheduler.join();
  }
}
