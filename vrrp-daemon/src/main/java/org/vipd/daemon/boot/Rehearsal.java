package org.vipd.daemon.boot;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.event.Event;
import org.vipd.daemon.event.ReloadMode;
import org.vipd.daemon.linux.LinuxAddresses;
import org.vipd.daemon.linux.LinuxAnnouncer;
import org.vipd.daemon.linux.LinuxNetwork;
import org.vipd.daemon.linux.SystemdService;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.PortException;
import org.vipd.daemon.runtime.EventLoop;
import org.vipd.daemon.runtime.EventQueue;
import org.vipd.daemon.runtime.Loaded;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.runtime.RuntimePorts;
import org.vipd.daemon.status.ReloadReport;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.RouteClient;

/**
 * Becomes Active and resigns a thousand times on a stage, with a clock of its own, and is reloaded
 * now and then, so that the first real promotion finds its classes loaded and its code compiled,
 * and the first real reload does not hold the loop. Without it the first advertisement of a fresh
 * process is some milliseconds late; see docs/performance.md.
 *
 * <p>System calls are real but reach nothing: addresses and announcements go to an interface number
 * that does not exist, advertisements to the loopback interface.
 */
final class Rehearsal implements Runnable {

  /**
   * Well above the 200 calls after which the compiler takes a method when it has little else to do:
   * with 300 and 520 rounds the first advertisement of a failover came a fifth later.
   */
  private static final int ROUNDS = 1000;

  private static final int ROUNDS_PER_LOOK = 25;

  /** With the rounds above, enough comparisons for the compiler. */
  private static final int ROUTERS = 20;

  private static final long PAST_ACTIVE_DOWN_NANOS = 4_000_000_000L;
  private static final int STEPS_OF_FIRST_ROUND = 4;
  private static final long PAST_INTERVAL_NANOS = 1_000_000_000L;

  private static final String CONFIGURATION =
      """
      vrrp_instance rehearsal {
        interface warm0
        virtual_router_id 1
        priority 100
        virtual_ipaddress { 192.0.2.1 }
        %s
      }
      """;

  /** The same virtual router after an operator's change of what is changed most often. */
  private static final String CHANGED =
      """
      vrrp_instance rehearsal {
        interface warm0
        virtual_router_id 1
        priority 99
        virtual_ipaddress { 192.0.2.1
          192.0.2.9 }
        %s
      }
      """;

  /** Over the interface that does not exist; see {@link StagedRoutes}. */
  private static final String ROUTES =
      """
      virtual_routes {
          198.51.100.0/24 via 192.0.2.3 dev warm0
          203.0.113.0/24 dev warm0 src 192.0.2.1 scope link table 1
          2001:db8::/32 dev warm0
        }
        virtual_rules {
          from 192.0.2.1/32 table 1 priority 100
        }
      """;

  private static final String CHANGED_ROUTES =
      """
      virtual_routes {
          198.51.100.0/24 via 192.0.2.4 dev warm0
          2001:db8::/32 dev warm0
        }
        virtual_rules {
          from 192.0.2.1/32 table 1 priority 101
        }
      """;

  /** Compared too at each reload, and by code that is made at the first comparison. */
  private static final String BESIDE =
      """
      vrrp_script check {
        script "true"
        user root
        weight 1
      }
      vrrp_track_file file {
        file /dev/null
        weight 1
      }
      vrrp_sync_group group {
        group { rehearsal1
          rehearsal2 }
      }
      """;

  private final Journal journal;
  private final boolean hasRoutes;

  /**
   * @param hasRoutes whether a real promotion installs routes or rules; who has none does without
   *     the code
   */
  Rehearsal(Journal journal, boolean hasRoutes) {
    this.journal = journal;
    this.hasRoutes = hasRoutes;
  }

  @Override
  public void run() {
    try (Closing parts = new Closing(journal)) {
      int promotions = rehearse(parts, ROUNDS, hasRoutes);
      journal.debug("rehearsed " + promotions + " promotions");
    } catch (PortException | SyscallException e) {
      journal.debug("rehearsal left out: " + e.getMessage());
    }
  }

  /**
   * Goes through a number of rounds with parts that the caller closes.
   *
   * @param hasRoutes whether routes and rules are installed, too
   * @return how many promotions there were; as many as rounds, or it was no rehearsal
   */
  static int rehearse(Closing parts, int rounds, boolean hasRoutes) throws PortException {
    Stage.StageClock clock = new Stage.StageClock();
    MonotonicClock real = new MonotonicClock();
    LinuxNetwork network = parts.add(LinuxNetwork.open(real));
    StagedAddresses addresses =
        new StagedAddresses(new LinuxAddresses(parts.add(RouteClient.open())));
    Silence silence = new Silence();
    Stage stage = parts.add(new Stage(network));
    NoLan lan = new NoLan();
    RuntimePorts ports =
        new RuntimePorts(
            stage,
            lan,
            stage,
            addresses,
            hasRoutes ? new StagedRoutes(network, parts) : new SilentRoutes(),
            parts.add(LinuxAnnouncer.open()),
            lan,
            silence,
            used -> {},
            silence,
            SystemdService.of(Map.of(), real, silence),
            silence,
            lan);
    LoadResult result = parse(CONFIGURATION, hasRoutes ? ROUTES : "");
    List<LoadResult> reloads = List.of(parse(CHANGED, hasRoutes ? CHANGED_ROUTES : ""), result);
    Loaded loaded = new Loaded("rehearsal", "", result.config().orElseThrow(), List.of());
    EventQueue queue = new EventQueue(stage::wakeUp);
    EventLoop loop = new EventLoop(ports, clock, InstantSource.system(), queue, loaded);
    loop.start();
    for (int i = 0; i < rounds; i++) {
      riseAndFall(loop, clock, stage, i == 0 ? STEPS_OF_FIRST_ROUND : 1);
      if (i % ROUNDS_PER_LOOK == 0) {
        lookAtEverything(loop);
        reload(loop, queue, reloads.get(i / ROUNDS_PER_LOOK % reloads.size()));
      }
    }
    reloadMany(ports, clock, stage, rounds / ROUNDS_PER_LOOK);
    return addresses.installed();
  }

  private static LoadResult parse(String text, String more) {
    return KeepalivedReader.parse("rehearsal", text.formatted(more));
  }

  /**
   * A large configuration is compared router by router: the first time should not be a slow one.
   */
  private static void reloadMany(
      RuntimePorts ports, Stage.StageClock clock, Stage stage, int rounds) {
    LoadResult result = KeepalivedReader.parse("rehearsal", many(100));
    List<LoadResult> reloads = List.of(KeepalivedReader.parse("rehearsal", many(99)), result);
    Loaded loaded = new Loaded("rehearsal", "", result.config().orElseThrow(), List.of());
    EventQueue queue = new EventQueue(stage::wakeUp);
    EventLoop loop = new EventLoop(ports, clock, InstantSource.system(), queue, loaded);
    loop.start();
    for (int i = 0; i < rounds; i++) {
      reload(loop, queue, reloads.get(i % reloads.size()));
    }
  }

  /** Routers of which the first one differs. */
  private static String many(int firstPriority) {
    StringBuilder text = new StringBuilder(BESIDE);
    for (int i = 1; i <= ROUTERS; i++) {
      text.append("vrrp_instance rehearsal").append(i).append(" {\n interface warm0\n");
      text.append(" virtual_router_id ").append(i).append("\n priority ");
      text.append(i == 1 ? firstPriority : 100).append("\n virtual_ipaddress { 192.0.2.");
      text.append(i).append(" }\n}\n");
    }
    return text.toString();
  }

  /**
   * One round.
   *
   * @param steps in which time passes: before its first claim the router asks others, and must not
   *     oversleep that
   */
  private static void riseAndFall(EventLoop loop, Stage.StageClock clock, Stage stage, int steps) {
    for (int i = 0; i < steps; i++) {
      clock.advance(PAST_ACTIVE_DOWN_NANOS / steps);
      loop.turn();
    }
    clock.advance(PAST_INTERVAL_NANOS);
    loop.turn();
    stage.letRivalSpeak();
    loop.turn();
  }

  /** As after a check or a change of an interface. */
  private static void lookAtEverything(EventLoop loop) {
    loop.resynchronize();
    loop.turn();
  }

  private static void reload(EventLoop loop, EventQueue queue, LoadResult result) {
    CompletableFuture<ReloadReport> answer = new CompletableFuture<>();
    queue.post(new Event.ConfigurationRead(result, ReloadMode.APPLY, answer));
    loop.turn();
    if (!answer.join().applied()) {
      throw new IllegalStateException("rehearsed reload: " + answer.join());
    }
  }
}
