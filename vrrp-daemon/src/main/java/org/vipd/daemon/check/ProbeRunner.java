package org.vipd.daemon.check;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.EventSink;
import org.vipd.daemon.port.NanoClock;

/**
 * Runs the checks that need no process, each on its schedule, at most {@value #WORKERS} at a time.
 * Results go out as events. Threads are started with the first check.
 */
public final class ProbeRunner {

  private static final int WORKERS = 64;
  private static final long IDLE_SECONDS = 30;

  private final NanoClock clock;
  private final EventSink events;
  private final Probers probers;
  private final AtomicInteger threads = new AtomicInteger();
  private final ScheduledThreadPoolExecutor schedule =
      new ScheduledThreadPoolExecutor(1, thread("vipd-checks"));
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          0,
          WORKERS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          thread("vipd-check-"));
  private final Map<String, ScheduledProbe> running = new LinkedHashMap<>();

  /** A runner without checks. */
  public ProbeRunner(NanoClock clock, EventSink events) {
    this.clock = clock;
    this.probers = new Probers(Path.of("/"), InstantSource.system(), clock);
    this.events = events;
    schedule.setRemoveOnCancelPolicy(true);
  }

  private ThreadFactory thread(String prefix) {
    return work -> {
      Thread thread = new Thread(work, prefix + threads.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Replaces the checks; one that did not change keeps its rhythm. */
  public synchronized void replace(List<CheckConfig> configs) {
    Map<String, ScheduledProbe> before = new LinkedHashMap<>(running);
    running.clear();
    for (CheckConfig config : configs) {
      ScheduledProbe known = before.remove(config.name());
      if (known != null && known.runs(config)) {
        running.put(config.name(), known);
        continue;
      }
      if (known != null) {
        known.cancel();
      }
      Prober prober = probers.of(config.probe().orElseThrow());
      ScheduledProbe probe = new ScheduledProbe(config, prober, clock, events);
      probe.start(schedule, workers);
      running.put(config.name(), probe);
    }
    before.values().forEach(ScheduledProbe::cancel);
  }

  /** Ends all checks at once; none reports any more. */
  public synchronized void stop() {
    replace(List.of());
    schedule.shutdownNow();
    workers.shutdownNow();
  }
}
