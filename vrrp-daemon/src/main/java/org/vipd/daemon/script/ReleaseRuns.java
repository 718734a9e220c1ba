package org.vipd.daemon.script;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.ReleaseJob;

/** Scripts that somebody waits for before addresses are given up: started at once, all together. */
final class ReleaseRuns {

  /** Each instance has at most one under way. */
  private static final int CAPACITY = 4096;

  /** A script at work. */
  private static final class Started {
    private final ReleaseJob job;
    private final Run run;
    private boolean isReported;

    Started(ReleaseJob job, Run run) {
      this.job = job;
      this.run = run;
    }
  }

  private final Starter starter;
  private final EventSink events;
  private final BlockingQueue<ReleaseJob> jobs = new ArrayBlockingQueue<>(CAPACITY);
  private final List<Started> started = new ArrayList<>();

  ReleaseRuns(Starter starter, EventSink events) {
    this.starter = starter;
    this.events = events;
  }

  /** Takes a job from any thread; false when too many wait. */
  boolean offer(ReleaseJob job) {
    return jobs.offer(job);
  }

  boolean hasRequests() {
    return !jobs.isEmpty();
  }

  long deadlineNanos() {
    return started.stream().mapToLong(it -> it.run.deadlineNanos()).min().orElse(Long.MAX_VALUE);
  }

  /** Starts what was asked for and follows what runs. */
  void advance(long nowNanos) {
    for (ReleaseJob job = jobs.poll(); job != null; job = jobs.poll()) {
      start(job, nowNanos);
    }
    Iterator<Started> all = started.iterator();
    while (all.hasNext()) {
      Started it = all.next();
      boolean isGone = it.run.advance(nowNanos);
      if (!it.isReported && it.run.outcome().isPresent()) {
        it.isReported = true;
        report(it.job, it.run.outcome().get());
      }
      if (isGone) {
        all.remove();
      }
    }
  }

  private void start(ReleaseJob job, long nowNanos) {
    Starter.Started result = starter.start(job.command(), nowNanos, job.limit().toNanos());
    if (result instanceof Starter.Started.Running now) {
      started.add(new Started(job, now.run()));
    } else {
      report(job, ((Starter.Started.Failed) result).outcome());
    }
  }

  private void report(ReleaseJob job, CheckOutcome outcome) {
    events.post(new Event.ReleasePrepared(job.instance(), outcome));
  }

  void kill() {
    started.forEach(it -> it.run.kill());
    started.clear();
  }
}
