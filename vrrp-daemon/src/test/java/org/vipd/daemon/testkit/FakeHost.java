package org.vipd.daemon.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.runtime.EventLoop;
import org.vipd.daemon.runtime.EventQueue;
import org.vipd.daemon.runtime.Loaded;
import org.vipd.daemon.runtime.RuntimePorts;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.daemon.status.InstanceStatus;
import org.vipd.daemon.status.ReloadReport;

/** An event loop with fakes on all sides. Has eth0 (index 2) with 10.0.0.2/24 unless told else. */
public final class FakeHost {

  private static final int TURN_LIMIT = 10_000;

  public final Trace trace = new Trace();
  public final FakeNetwork network = new FakeNetwork();
  public final FakeChannels channels = new FakeChannels(trace, network);
  public final FakeInterfaces interfaces = new FakeInterfaces(trace, network);
  public final FakeRoutes routes = new FakeRoutes(trace, network);
  public final FakeNeighbours neighbours = new FakeNeighbours(network);
  public final FakeAnnouncer announcer = new FakeAnnouncer(trace);
  public final RecordingScripts scripts = new RecordingScripts(trace);
  public final RecordingJournal journal = new RecordingJournal();
  public final RecordingService service = new RecordingService();
  public final RecordingNotices notices = new RecordingNotices();
  public final FakeSequences sequences = new FakeSequences();
  public final EventQueue queue = new EventQueue(network::wakeUp);
  public final FakeClock clock;
  private Duration wallClockOffset = Duration.ZERO;
  private TrackerConfig watched = TrackerConfig.NONE;
  private final EventLoop loop;
  private boolean stopped;

  /** A host whose first instance has become MASTER because nobody else spoke. */
  public static FakeHost active(String configuration) {
    FakeHost host = new FakeHost(configuration).start();
    host.runSeconds(4);
    if (!host.instance().state().equals("MASTER")) {
      throw new AssertionError(host.instance());
    }
    return host;
  }

  /** A host with a clock of its own. */
  public FakeHost(String configuration) {
    this(configuration, new FakeClock(), "10.0.0.2/24");
  }

  /** A host with a clock of its own that starts with a model. */
  public FakeHost(DaemonConfig configuration) {
    this(configuration, new FakeClock(), "10.0.0.2/24");
  }

  /** A host that shares its clock with others. */
  public FakeHost(String configuration, FakeClock clock, String address) {
    this(Configurations.of(configuration), clock, address);
  }

  private FakeHost(DaemonConfig configuration, FakeClock clock, String address) {
    this(configuration, clock, address, host -> host.interfaces);
  }

  /**
   * A host that keeps a record of what it installs.
   *
   * @param recorder asked when the host has its own address; may add what a former run left
   */
  public FakeHost(String configuration, FakeClock clock, Function<FakeHost, AddressPort> recorder) {
    this(Configurations.of(configuration), clock, "10.0.0.2/24", recorder);
  }

  private FakeHost(
      DaemonConfig configuration,
      FakeClock clock,
      String address,
      Function<FakeHost, AddressPort> recorder) {
    this.clock = clock;
    interfaces.loseReports(true);
    interfaces.putLink(2, "eth0", true);
    interfaces.putOwnAddress(2, address);
    AddressPort addresses = recorder.apply(this);
    interfaces.loseReports(false);
    RuntimePorts ports =
        new RuntimePorts(
            network,
            interfaces,
            channels,
            addresses,
            routes,
            announcer,
            neighbours,
            scripts,
            it -> watched = it,
            journal,
            service,
            notices,
            sequences);
    Loaded loaded = new Loaded("test.conf", "1.2.3", configuration, List.of("a warning"));
    loop = new EventLoop(ports, clock, this::timeOfDay, queue, loaded);
  }

  private Instant timeOfDay() {
    return Instant.EPOCH.plusNanos(clock.nanos()).plus(wallClockOffset);
  }

  /** Somebody sets the time of day; monotonic time goes on. */
  public void stepTimeOfDay(Duration by) {
    wallClockOffset = wallClockOffset.plus(by);
  }

  /** Starts the loop and runs it at the present time until it has nothing to do. */
  public FakeHost start() {
    loop.start();
    settle();
    return this;
  }

  /** Starts the loop and runs none of its turns. */
  public void beginOnly() {
    loop.start();
  }

  /** The loop as the daemon runs it; returns only after a stop or when it gives up. */
  public boolean runLoop() {
    boolean wasTold = loop.run();
    stopped = true;
    return wasTold;
  }

  /** One turn, for tests that measure it. */
  public void turn() {
    loop.turn();
  }

  /** Runs turns at the present time until nothing is left to do. */
  public void settle() {
    int turns = 0;
    do {
      if (stopped) {
        return;
      }
      loop.turn();
      turns++;
      if (turns > TURN_LIMIT) {
        throw new IllegalStateException("the loop finds no rest at " + clock.nanos());
      }
    } while (!network.wasIdle(clock.nanos()));
  }

  /** Lets time pass, turn by turn, deadline by deadline. */
  public void run(long nanos) {
    long end = clock.nanos() + nanos;
    settle();
    while (!stopped && network.wantedNanos() <= end) {
      clock.set(network.wantedNanos());
      settle();
    }
    clock.set(end);
    settle();
  }

  /** Lets time pass turn by turn, also when the loop finds no rest because the kernel is slow. */
  public void runBusySeconds(double seconds) {
    long end = clock.nanos() + Math.round(seconds * 1e9);
    while (clock.nanos() < end) {
      turnAndWait();
    }
  }

  /** One turn, and the wait for the next one. */
  public void turnAndWait() {
    loop.turn();
    if (network.wasIdle(clock.nanos())) {
      clock.set(network.wantedNanos());
    }
  }

  /** Lets seconds pass. */
  public void runSeconds(double seconds) {
    run(Math.round(seconds * 1e9));
  }

  /** Lets a neighbour's packet arrive now. */
  public void hear(String source, byte[] payload) {
    channels.deliver(Packets.from(source), payload);
    settle();
  }

  /** Lets a check end. */
  public void check(String name, CheckOutcome outcome) {
    queue.post(new Event.CheckFinished(name, outcome));
    settle();
  }

  /** Lets a tracker report. */
  public void track(TrackKind kind, String name, TrackerReading reading) {
    queue.post(new Event.TrackerReported(kind, name, reading));
    settle();
  }

  /** What the loop asked to watch last. */
  public TrackerConfig watched() {
    return watched;
  }

  /** Reads the configuration again and puts it in force. */
  public ReloadReport reload(String text) {
    return read(text, ReloadMode.APPLY);
  }

  /** Asks what a configuration would change. */
  public ReloadReport plan(String text) {
    return read(text, ReloadMode.PLAN);
  }

  private ReloadReport read(String text, ReloadMode mode) {
    return read(KeepalivedReader.parse("test.conf", text), mode);
  }

  /** Hands in what reading gave. */
  public ReloadReport read(LoadResult result, ReloadMode mode) {
    CompletableFuture<ReloadReport> answer = new CompletableFuture<>();
    queue.post(new Event.ConfigurationRead(result, mode, answer));
    settle();
    return answer.join();
  }

  /** Tells the loop to stop, as SIGTERM does. */
  public void stop() {
    queue.post(new Event.StopRequested("signal TERM"));
    loop.turn();
    stopped = true;
  }

  /** Ends without any farewell, as kill -9 does. */
  public void kill() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** What the control socket would answer. */
  public DaemonStatus status() {
    CompletableFuture<DaemonStatus> answer = new CompletableFuture<>();
    queue.post(new Event.StatusRequested(answer));
    loop.turn();
    return answer.join();
  }

  /** Status of an instance. */
  public InstanceStatus instance(String name) {
    return status().instances().stream()
        .filter(instance -> instance.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Status of VI_1. */
  public InstanceStatus instance() {
    return instance("VI_1");
  }
}
