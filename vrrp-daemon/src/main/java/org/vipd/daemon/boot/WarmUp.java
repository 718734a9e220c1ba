package org.vipd.daemon.boot;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.linux.LinuxAddresses;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.linux.LinuxProcesses;
import org.vipd.daemon.linux.SystemdService;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.EventLoop;
import org.vipd.daemon.runtime.EventQueue;
import org.vipd.daemon.runtime.Loaded;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.runtime.RuntimePorts;
import org.vipd.daemon.script.ScriptSupervisor;
import org.vipd.daemon.service.JournalLane;
import org.vipd.daemon.service.Signals;
import org.vipd.daemon.status.DaemonStatus;
import org.vipd.netlink.route.RouteClient;

/**
 * Runs the daemon for a moment on a LAN that does not exist, so that the classes of a real run are
 * loaded. Nothing leaves the machine and no address is touched.
 */
public final class WarmUp {

  private static final String CONFIGURATION =
      """
      vrrp_script check {
        script "true"
        interval 1
        weight 1
      }
      vrrp_instance warm_up {
        interface warm0
        virtual_router_id 1
        priority 255
        virtual_ipaddress { 192.0.2.1 }
        track_script { check }
        notify "true"
      }
      """;

  private static final String PATH = "/usr/bin:/bin";
  private static final int TURNS = 20;
  private static final int REHEARSED_ROUNDS = 3;

  private WarmUp() {}

  /** Runs and returns an exit status: 0, or 1 when a part could not be opened. */
  public static int run() {
    Daemon.loadAhead();
    JournalLane journal = new JournalLane();
    Thread writer = Threads.start("vipd-journal", journal);
    try (Closing parts = new Closing(journal)) {
      exercise(journal, parts);
      return 0;
    } catch (PortException e) {
      journal.warn("warm-up stopped early: " + e.getMessage());
      return 1;
    } finally {
      journal.close();
      Threads.join(writer);
    }
  }

  /** Ends a daemon that runs in this process, as an operator does. */
  public static void endRun() {
    Signals.raise("TERM");
  }

  /** Rehearses like a daemon that has just started. */
  public static void rehearse() {
    JournalLane journal = new JournalLane();
    new Rehearsal(journal, true).run();
  }

  private static void exercise(JournalLane journal, Closing parts) throws PortException {
    MonotonicClock clock = new MonotonicClock();
    LinuxAddresses addresses = new LinuxAddresses(parts.add(RouteClient.open()));
    LinuxNetwork network = parts.add(LinuxNetwork.open(clock, addresses));
    addresses.links();
    addresses.addresses();
    EventQueue queue = new EventQueue(network::wakeUp);
    LinuxProcesses processes = LinuxProcesses.open(clock, System.getenv(), PATH);
    ScriptSupervisor scripts = new ScriptSupervisor(processes, clock, queue, journal, PATH);
    Threads.start("vipd-scripts", scripts);
    NoLan lan = new NoLan();
    new WarmUpLedger(journal).exercise(lan);
    new WarmUpSurroundings(journal).exercise(network, lan, parts);
    SystemdService service = SystemdService.of(Map.of(), clock, journal);
    RuntimePorts ports =
        new RuntimePorts(
            network,
            lan,
            lan,
            lan,
            new SilentRoutes(),
            lan,
            lan,
            scripts,
            used -> {},
            journal,
            service,
            new Silence(),
            lan);
    LoadResult result = KeepalivedReader.parse("warm-up", CONFIGURATION);
    Loaded loaded = new Loaded("warm-up", "warm-up", result.config().orElseThrow(), List.of());
    loaded.hash().add(CONFIGURATION.getBytes(StandardCharsets.UTF_8));
    DaemonStatus status =
        turn(new EventLoop(ports, clock, InstantSource.system(), queue, loaded), queue);
    journal.debug("warm-up ran " + status.instances().size() + " instances");
    rehearse(journal, parts);
  }

  /** An archive without these classes is still useful to somebody who may not open the sockets. */
  private static void rehearse(JournalLane journal, Closing parts) {
    try {
      Rehearsal.rehearse(parts, REHEARSED_ROUNDS, true);
    } catch (PortException e) {
      journal.warn("warm-up without packet sockets: " + e.getMessage());
    }
  }

  private static DaemonStatus turn(EventLoop loop, EventQueue queue) {
    CompletableFuture<DaemonStatus> answer = new CompletableFuture<>();
    loop.start();
    for (int i = 0; i < TURNS; i++) {
      queue.post(new Event.StatusRequested(answer));
      loop.turn();
    }
    Gson gson = new Gson();
    DaemonStatus status = gson.fromJson(gson.toJson(answer.join()), DaemonStatus.class);
    queue.post(new Event.StopRequested("warm-up is over"));
    loop.turn();
    return status;
  }
}
