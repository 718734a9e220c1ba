package org.vipd.daemon.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.vipd.daemon.check.ProbeRunner;
import org.vipd.daemon.check.TlsRehearsal;
import org.vipd.daemon.config.ConfigDiff;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.file.ConfigurationFile;
import org.vipd.daemon.config.file.ReadOptions;
import org.vipd.daemon.config.keepalived.KeywordTable;
import org.vipd.daemon.control.ControlRequests;
import org.vipd.daemon.control.ControlServer;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.ledger.Ledger;
import org.vipd.daemon.ledger.LedgerFile;
import org.vipd.daemon.ledger.NetworkNamespace;
import org.vipd.daemon.ledger.Reclaim;
import org.vipd.daemon.ledger.RecordedAddresses;
import org.vipd.daemon.ledger.RecordedRoutes;
import org.vipd.daemon.linux.LinuxAddresses;
import org.vipd.daemon.linux.LinuxAnnouncer;
import org.vipd.daemon.linux.LinuxNeighbours;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.linux.LinuxProcesses;
import org.vipd.daemon.linux.LinuxRoutes;
import org.vipd.daemon.linux.LinuxScheduling;
import org.vipd.daemon.linux.Privileges;
import org.vipd.daemon.linux.SystemdService;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.port.ServicePort;
import org.vipd.daemon.runtime.EventLoop;
import org.vipd.daemon.runtime.EventQueue;
import org.vipd.daemon.runtime.Loaded;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.runtime.RuntimePorts;
import org.vipd.daemon.script.ScriptSupervisor;
import org.vipd.daemon.service.JournalLane;
import org.vipd.daemon.service.RuntimeDirectory;
import org.vipd.daemon.service.SequenceFile;
import org.vipd.daemon.service.Signals;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;
import org.vipd.netlink.route.RouteClient;
import org.vipd.netlink.route.RoutingTable;

/** The running daemon: {@code vipd run}. */
public final class Daemon {

  /** What systemd and cron give to programs, with the administrator's directories first. */
  static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** With the patience for the loop below the patience of who asks over the control socket. */
  private static final long READING_LIMIT_MILLIS = 2500;

  /** Java gives the C library the memory of its compiler back with a delay of 5 s. */
  private static final long COMPILED_NANOS = 8_000_000_000L;

  private static final int STOPPED = 0;
  private static final int FAILED = 1;
  private static final int UNUSABLE_CONFIGURATION = 2;
  private static final int NO_PERMISSION = 4;

  private final Path file;
  private final Path runtimeDirectory;
  private final String version;
  private final boolean takesOver;
  private final JournalLane journal = new JournalLane();
  private final MonotonicClock clock = new MonotonicClock();
  private final BoundedReading reading;
  private final AtomicReference<DaemonConfig> lastRead = new AtomicReference<>();

  /** A daemon that is not started. */
  public Daemon(Path file, Path runtimeDirectory, String version) {
    this(file, runtimeDirectory, version, false);
  }

  /**
   * A daemon that is not started.
   *
   * @param takesOver whether to ask one that runs in the same directory to leave
   */
  public Daemon(Path file, Path runtimeDirectory, String version, boolean takesOver) {
    this.takesOver = takesOver;
    this.file = file;
    this.runtimeDirectory = runtimeDirectory;
    this.version = version;
    this.reading = new BoundedReading(this::readAgain, file.toString(), READING_LIMIT_MILLIS);
  }

  /**
   * Begins to load what takes longest, beside the reading of command line and configuration. A
   * failure is met again, and reported, when the first socket is opened.
   */
  public static void loadAhead() {
    Threads.startOptional("vipd-ahead", Daemon::load, complaint -> {});
  }

  private static void load() {
    SystemCalls.get();
    KeywordTable.get();
  }

  /**
   * Runs until it is told to stop.
   *
   * @return exit status: 0 stopped, 1 failed, 2 configuration unusable, 4 permission missing
   */
  public int run() {
    Hangup hangup = Hangup.listen(journal);
    Thread writer = Threads.start("vipd-journal", journal);
    try {
      return load(hangup);
    } finally {
      journal.close();
      Threads.join(writer);
    }
  }

  private int load(Hangup hangup) {
    LoadResult result = read();
    result.problems().forEach(journal::problem);
    if (result.config().isEmpty()) {
      journal.error("not started: " + file + " cannot be used");
      return UNUSABLE_CONFIGURATION;
    }
    lastRead.set(result.config().get());
    if (TlsRehearsal.isNeeded(result.config().get().checks())) {
      Threads.startOptional("vipd-tls", new TlsRehearsal(), journal::warn);
    }
    List<String> problems = result.problems().stream().map(ConfigProblem::toString).toList();
    String table = RuntimeDirectory.filterTable(runtimeDirectory);
    return open(
        new Loaded(file.toString(), version, result.config().get(), problems, result.hash(), table),
        hangup);
  }

  private int open(Loaded loaded, Hangup hangup) {
    try {
      Duration patience = takesOver ? takeOver(loaded.config()) : Duration.ZERO;
      return open(loaded, hangup, patience);
    } catch (Takeover.RefusedException e) {
      journal.error("not started: " + e.getMessage());
      return e.exitStatus();
    } catch (RuntimeDirectory.UnusableException | IOException e) {
      journal.error("not started: " + e.getMessage());
      return FAILED;
    } catch (PortException e) {
      journal.error("not started: " + e.getMessage());
      return e.isPermissionDenied() ? NO_PERMISSION : FAILED;
    } catch (SyscallException e) {
      journal.error("not started: " + e.getMessage());
      return FAILED;
    } catch (LinkageError e) {
      journal.error("not started: " + NativeLibrary.complaint(e));
      return FAILED;
    }
  }

  private Duration takeOver(DaemonConfig config) throws Takeover.RefusedException {
    return new Takeover(runtimeDirectory, NetworkNamespace.ofProcess(), this::trySockets, journal)
        .begin(config, file.toString());
  }

  /** Opens and closes what the daemon cannot do without. */
  private void trySockets() throws PortException {
    Privileges.requireNetworkAdministration();
    try (Closing parts = new Closing(journal)) {
      LinuxAddresses addresses = new LinuxAddresses(parts.add(RouteClient.open()));
      parts.add(LinuxNetwork.open(clock, addresses));
      parts.add(LinuxAnnouncer.open());
    }
  }

  private int open(Loaded loaded, Hangup hangup, Duration patience)
      throws RuntimeDirectory.UnusableException, PortException, IOException {
    try (RuntimeDirectory directory = RuntimeDirectory.open(runtimeDirectory, patience);
        Closing parts = new Closing(journal)) {
      return assemble(loaded, directory, parts, hangup);
    }
  }

  private int assemble(Loaded loaded, RuntimeDirectory directory, Closing parts, Hangup hangup)
      throws PortException, IOException {
    Privileges.requireNetworkAdministration();
    Map<String, String> environment = System.getenv();
    LinuxAddresses addresses = new LinuxAddresses(parts.add(RouteClient.open()));
    LinuxNetwork network = parts.add(LinuxNetwork.open(clock, addresses));
    LinuxRoutes routes = routes(network, parts);
    Ledger ledger = ledger(directory.ledgerFile(), addresses, routes, loaded.config());
    EventQueue queue = new EventQueue(network::wakeUp);
    new LastWords(journal, queue).install();
    ScriptSupervisor scripts = scripts(environment, queue);
    Told told = parts.add(new Told(directory, clock, journal, hostName()));
    ServicePort service =
        new AroundReady(
            SystemdService.of(environment, clock, journal),
            () -> openControl(directory, queue, told, parts),
            () -> prepare(loaded));
    RuntimePorts ports =
        new RuntimePorts(
            network,
            addresses,
            network,
            new RecordedAddresses(addresses, ledger),
            new RecordedRoutes(routes, ledger),
            parts.add(LinuxAnnouncer.open()),
            parts.add(LinuxNeighbours.open(network)),
            new ChecksByKind(scripts, new ProbeRunner(clock, queue)),
            parts.add(new LateTrackers(clock, queue, journal)),
            journal,
            service,
            told.notices(),
            parts.add(new SequenceFile(sequenceFile(environment, directory), journal)));
    Threads.start("vipd-scripts", scripts);
    handleSignals(queue, hangup);
    greet();
    new LinuxScheduling(journal).apply(loaded.config().global().settings());
    EventLoop loop = new EventLoop(ports, clock, InstantSource.system(), queue, loaded);
    return loop.run() ? STOPPED : FAILED;
  }

  private static LinuxRoutes routes(LinuxNetwork network, Closing parts) {
    return new LinuxRoutes(() -> parts.add(RoutingTable.open()), network::watchRoutes);
  }

  /** Removes what a former process left and nobody wants, then keeps a ledger of what is added. */
  private Ledger ledger(
      Path file, LinuxAddresses addresses, LinuxRoutes routes, DaemonConfig config) {
    LedgerFile ledgerFile = new LedgerFile(file, NetworkNamespace.ofProcess());
    return new Reclaim(ledgerFile, addresses, addresses, routes, journal)
        .start(config.staticAddresses());
  }

  private ScriptSupervisor scripts(Map<String, String> environment, EventQueue queue)
      throws PortException {
    String searchPath = environment.getOrDefault("PATH", DEFAULT_PATH);
    LinuxProcesses processes = LinuxProcesses.open(clock, environment, searchPath);
    return new ScriptSupervisor(processes, clock, queue, journal, searchPath);
  }

  private void greet() {
    journal.info(
        "vipd " + version + " runs " + file + " with runtime directory " + runtimeDirectory);
    LinuxAddresses.notice().ifPresent(journal::info);
  }

  /** What will be needed later and takes long; the loop does not wait for it. */
  private void prepare(Loaded loaded) {
    boolean hasRoutes =
        loaded.config().instances().stream()
            .anyMatch(it -> !it.extras().routes().isEmpty() || !it.extras().rules().isEmpty());
    Threads.startOptional("vipd-hash", loaded.hash()::text, journal::warn);
    Threads.startOptional("vipd-rehearsal", () -> rehearse(hasRoutes), journal::warn);
  }

  /** And gives back what the compiler took for it. */
  private void rehearse(boolean hasRoutes) {
    new Rehearsal(journal, hasRoutes).run();
    LockSupport.parkNanos(COMPILED_NANOS);
    SystemCalls.get().libC().mallocTrim(0);
  }

  /** What has to outlive a restart, also that of the machine, goes where systemd says. */
  private static Path sequenceFile(Map<String, String> environment, RuntimeDirectory directory) {
    String state = environment.getOrDefault("STATE_DIRECTORY", "");
    return state.startsWith("/")
        ? Path.of(state.split(":", 2)[0]).resolve("sequences")
        : directory.sequenceFile();
  }

  /**
   * Called after the first advertisements, which must not wait for it. Without the socket the
   * daemon goes on: the address matters more than questions about it.
   */
  private void openControl(RuntimeDirectory directory, EventQueue queue, Told told, Closing parts) {
    Path socket = directory.controlSocket();
    try {
      ControlServer control =
          parts.add(
              ControlServer.open(
                  socket,
                  new ControlRequests(queue, reading, told.history()::records),
                  told.feed(),
                  journal,
                  clock));
      control.restoreWith(() -> restore(directory));
      Threads.start("vipd-control", control);
    } catch (IOException e) {
      journal.error(
          "control socket "
              + socket
              + " cannot be opened: "
              + e.getMessage()
              + "; the daemon goes on, but vipd status and vipd reload do not reach it");
    }
  }

  private static void restore(RuntimeDirectory directory) throws IOException {
    try {
      directory.restore();
    } catch (RuntimeDirectory.UnusableException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private void handleSignals(EventQueue queue, Hangup hangup) {
    Signals.handle("TERM", () -> queue.post(new Event.StopRequested("signal TERM")));
    Signals.handle("INT", () -> queue.post(new Event.StopRequested("signal INT")));
    hangup.serve(() -> reload(queue));
  }

  /**
   * Reads the file on the signal's thread; one at a time, so that an older reading never comes
   * last.
   */
  private synchronized void reload(EventQueue queue) {
    LoadResult result = reading.get();
    new Insistence(queue, journal)
        .post(
            new Event.ConfigurationRead(result, ReloadMode.APPLY, new CompletableFuture<>()),
            "the reload");
  }

  /** With its hash, and ready to be compared: the loop must not wait for either. */
  private LoadResult readAgain() {
    LoadResult result = read();
    var unused = result.hash().text();
    LoadResult ready =
        new LoadResult(
            result.config().map(it -> ConfigDiff.sharing(lastRead.get(), it)),
            result.problems(),
            result.hash());
    ready.config().ifPresent(lastRead::set);
    return ready;
  }

  private LoadResult read() {
    return ConfigurationFile.read(file, ReadOptions.ofHost()).result();
  }
}
