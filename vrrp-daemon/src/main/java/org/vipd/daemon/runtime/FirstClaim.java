package org.vipd.daemon.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.HardwareAddress;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.PortException;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.value.IpAddress;

/**
 * Looks whether another host has the addresses, each time that a router begins to take part; a
 * Backup does so while it waits anyway, and does not claim what a stranger has. Whoever is heard as
 * a router of this VRID is no stranger, and a takeover from it is never held up. See
 * docs/decisions/0034-listen-before-claim.md.
 */
final class FirstClaim {

  private static final int ROUNDS = 3;

  /** The second and the third question, in sixteenths of the wait. */
  private static final int[] LATE_QUESTIONS = {14, 15};

  private static final int PARTS = 16;
  private static final int ADDRESSES_LIMIT = 256;

  /** Whoever has not answered a question for so long has not the address, on any LAN. */
  private static final long ANSWER_NANOS = 200_000_000L;

  /** How long one that is Active at once looks around. */
  private static final long OWNER_NANOS = 1_000_000_000L;

  private static final long AGAIN_NANOS = 5_000_000_000L;

  /**
   * At first a stranger is asked more often: it may be an Active that died, whose lease ends soon
   * but not before a short wait.
   */
  private static final long SOON_NANOS = 1_000_000_000L;

  private static final int SOON_ROUNDS = 10;

  /** Beside two questions in a row without an answer: the time for the second answer. */
  private static final long GONE_MARGIN_NANOS = 1_000_000_000L;

  private enum Phase {
    OVER,
    LISTENING,
    /** A stranger has an address, so nothing is claimed. */
    YIELDING
  }

  private final RouterContext context;
  private final ManagedRouter router;
  private final StrangerNotes notes;
  private final Map<Integer, Neighbours> entered = new LinkedHashMap<>();
  private final Map<IpAddress, Neighbours> questions = new LinkedHashMap<>();
  private boolean hasHeardRouter;
  private Phase phase = Phase.OVER;
  private Optional<Obstacle> obstacle = Optional.empty();
  private boolean mayWaitForFrame;
  private long sinceNanos;
  private long startNanos;
  private long spanNanos;
  private long lateNanos;
  private long nextAskNanos = Long.MAX_VALUE;
  private long endNanos = Long.MAX_VALUE;
  private int rounds;

  FirstClaim(RouterContext context, ManagedRouter router, StrangerNotes notes) {
    this.context = context;
    this.router = router;
    this.notes = notes;
  }

  /** The router has begun to take part. */
  void begin(long nowNanos) {
    end();
    boolean isBackup = router.machine().kind() == StateKind.BACKUP;
    long span = isBackup ? router.machine().deadlineNanos() - nowNanos : OWNER_NANOS;
    router.config().addresses().stream().limit(ADDRESSES_LIMIT).forEach(this::enter);
    if (questions.isEmpty()) {
      return;
    }
    phase = Phase.LISTENING;
    mayWaitForFrame = isBackup;
    rounds = 0;
    sinceNanos = nowNanos;
    startNanos = nowNanos;
    spanNanos = span;
    nextAskNanos = nowNanos;
    endNanos = nowNanos + span;
    ask(nowNanos);
    context.tables().earliest().changed(deadlineNanos());
  }

  private void enter(VirtualAddressConfig address) {
    Optional<LinkState> link = context.interfaces().link(router.config().deviceOf(address));
    // without a hardware address there are no neighbours: tunnels, loopback
    if (link.isEmpty() || link.get().mac() == 0 || !link.get().isUp()) {
      return;
    }
    int index = link.get().index();
    try {
      if (!entered.containsKey(index)) {
        entered.put(index, context.tables().neighbourhood().enter(link.get()));
      }
      questions.put(address.address(), entered.get(index));
    } catch (PortException e) {
      context
          .ports()
          .journal()
          .warn(
              router.config().name()
                  + ": "
                  + address.address()
                  + " is claimed without asking who has it: "
                  + e.getMessage());
    }
  }

  /** The router takes part no longer, or for so long that a claim is an ordinary one. */
  void end() {
    phase = Phase.OVER;
    obstacle = Optional.empty();
    questions.clear();
    hasHeardRouter = false;
    entered.values().forEach(context.tables().neighbourhood()::leave);
    entered.clear();
    nextAskNanos = Long.MAX_VALUE;
    endNanos = Long.MAX_VALUE;
  }

  /** The configuration is another one: a claim that was given up is tried again at once. */
  void retry() {
    if (phase == Phase.YIELDING) {
      end();
    }
  }

  private void ask(long nowNanos) {
    rounds++;
    if (rounds == 2) {
      lateNanos = nowNanos;
    }
    nextAskNanos = phase == Phase.YIELDING ? nowNanos + pauseNanos() : nextQuestionNanos();
    for (Neighbours neighbours : entered.values()) {
      ask(neighbours, router.primaryAddress(), true);
    }
    for (Map.Entry<IpAddress, Neighbours> question : questions.entrySet()) {
      ask(question.getValue(), question.getKey(), false);
    }
  }

  /** Where nobody can be asked, the others are asked all the same. */
  private void ask(Neighbours neighbours, IpAddress address, boolean isOwn) {
    try {
      if (isOwn) {
        neighbours.askForNobody();
      }
      neighbours.ask(address);
    } catch (PortException e) {
      router.counters().count(RouterCounter.SEND_ERRORS);
    }
  }

  private long nextQuestionNanos() {
    return rounds >= ROUNDS
        ? Long.MAX_VALUE
        : startNanos + spanNanos / PARTS * LATE_QUESTIONS[rounds - 1];
  }

  /**
   * Since when an answer counts against a claim: since the late questions, for an Active that died
   * shortly before has its addresses for the rest of its lease; since the first one when there was
   * no time to answer the late ones.
   */
  private long decisiveNanos(long nowNanos) {
    return rounds > 1 && nowNanos - lateNanos >= ANSWER_NANOS ? lateNanos : sinceNanos;
  }

  /** When something is to be done, beside the claim itself. */
  long deadlineNanos() {
    return Math.min(nextAskNanos, endNanos);
  }

  /** A router of this VRID was heard and accepted. */
  void accepted(long nowNanos) {
    hasHeardRouter |= phase != Phase.OVER;
    if (phase == Phase.YIELDING) {
      endNanos = nowNanos;
      context.tables().earliest().changed(nowNanos);
    }
  }

  /** Does what is due; true when the router has to be looked at again. */
  boolean takeDue(long nowNanos) {
    if (phase == Phase.OVER) {
      return false;
    }
    if (nowNanos >= nextAskNanos) {
      ask(nowNanos);
    }
    boolean isBackup = router.machine().kind() == StateKind.BACKUP;
    if (phase == Phase.YIELDING) {
      return isRelieved(nowNanos);
    }
    if (isBackup && router.machine().deadlineNanos() <= nowNanos) {
      return decide(nowNanos);
    }
    if (nowNanos >= endNanos && isBackup && !hasHeardRouter) {
      // one that waits for longer has still to decide
      endNanos = router.machine().deadlineNanos();
    } else if (nowNanos >= endNanos) {
      noteAll(strangers(sinceNanos), nowNanos);
      end();
    }
    return false;
  }

  private long pauseNanos() {
    return rounds < SOON_ROUNDS ? SOON_NANOS : AGAIN_NANOS;
  }

  private boolean isRelieved(long nowNanos) {
    List<Stranger> here = strangers(nowNanos - 2 * pauseNanos() - GONE_MARGIN_NANOS);
    noteAll(here, nowNanos);
    if (here.isEmpty()) {
      String line = ": no stranger keeps it from its addresses any more";
      context.ports().journal().info(router.config().name() + line);
      end();
    }
    return here.isEmpty();
  }

  /**
   * A Backup is about to claim, or to follow one of its group: whether it must not. When there is
   * nothing against it, the claim is an ordinary one.
   */
  boolean decide(long nowNanos) {
    if (phase != Phase.LISTENING || router.machine().kind() != StateKind.BACKUP) {
      return false;
    }
    List<Stranger> strangers = strangers(decisiveNanos(nowNanos));
    noteAll(strangers, nowNanos);
    if (!strangers.isEmpty() && yields()) {
      phase = Phase.YIELDING;
      obstacle = Optional.of(new Obstacle(Obstacle.Kind.FOREIGN_OWNER, why(strangers.get(0))));
      rounds = 0;
      nextAskNanos = nowNanos + pauseNanos();
      endNanos = Long.MAX_VALUE;
      return true;
    }
    if (!lacksFrame()) {
      end();
      context.tables().groups().decideWith(router, nowNanos);
    }
    return false;
  }

  /** Whether a claim waits one more interval, because nothing at all has been received. */
  boolean waitsForFrame() {
    if (!lacksFrame()) {
      return false;
    }
    mayWaitForFrame = false;
    rounds = 0;
    startNanos = router.machine().deadlineNanos();
    nextAskNanos = startNanos;
    String line =
        ": nothing was received on "
            + router.config().key().interfaceName()
            + " yet, so the switch may not forward: it waits once more before it claims";
    context.ports().journal().info(router.config().name() + line);
    return true;
  }

  private boolean lacksFrame() {
    return phase == Phase.LISTENING
        && mayWaitForFrame
        && !hasHeardRouter
        && yields()
        && entered.values().stream().noneMatch(Neighbours::hasReceived);
  }

  private boolean yields() {
    return router.config().extras().settings().isOnIfGiven("listen_before_claim").orElse(true);
  }

  /** What keeps the router from running. */
  Optional<Obstacle> obstacle() {
    return obstacle;
  }

  /** Another host with one of our addresses. */
  private record Stranger(IpAddress address, HardwareAddress host, Neighbours neighbours) {}

  private List<Stranger> strangers(long fromNanos) {
    List<Stranger> found = new ArrayList<>();
    if (hasHeardRouter) {
      // an Active may answer from another hardware address than it advertises from
      return found;
    }
    questions.forEach(
        (address, neighbours) -> {
          for (HardwareAddress host : neighbours.ownersOf(address, fromNanos)) {
            if (isStranger(host, neighbours)) {
              found.add(new Stranger(address, host, neighbours));
            }
          }
        });
    return found;
  }

  private boolean isStranger(HardwareAddress host, Neighbours neighbours) {
    boolean isOurs = context.interfaces().hasMac(host.bits());
    // whoever answers for our own address, or for one that nobody has, answers for everything
    return !isOurs
        && !neighbours.isProxy(host)
        && !neighbours.hasSaid(host, router.primaryAddress());
  }

  private void noteAll(List<Stranger> strangers, long nowNanos) {
    for (Stranger stranger : strangers) {
      if (notes.take(text(stranger), nowNanos)) {
        router.counters().count(RouterCounter.FOREIGN_OWNERS);
      }
    }
  }

  private static String text(Stranger stranger) {
    String sender =
        stranger
            .neighbours()
            .addressOf(stranger.host(), stranger.address().family())
            .map(it -> ", which sends VRRP packets from " + it)
            .orElse("");
    return stranger.address()
        + " is in use on "
        + stranger.neighbours().link().name()
        + " by another host, MAC "
        + stranger.host()
        + sender;
  }

  private static String why(Stranger stranger) {
    return text(stranger)
        + ", that is no accepted router of this VRID: take the address away from that host, or claim"
        + " it all the same with listen_before_claim off";
  }
}
