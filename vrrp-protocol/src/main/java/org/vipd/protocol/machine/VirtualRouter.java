package org.vipd.protocol.machine;

import java.util.Optional;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.VrrpVersion;
import org.vipd.protocol.wire.Advertisement;

/**
 * One virtual router: its configuration and its state. The only mutable class of the machine; owned
 * by one thread.
 *
 * <p>When a deadline has passed and packets are waiting, hand in the packets first: an
 * advertisement that arrived in time must not lose against a thread that ran late.
 */
public final class VirtualRouter {
  private RouterConfig config;
  private RouterState state = Initialize.INSTANCE;

  /** A router that does not take part yet. */
  public VirtualRouter(RouterConfig config) {
    this.config = config;
  }

  /** Begins to take part; without effect when it already does. */
  public Step startup(long nowNanos) {
    return enter(state.startup(config, nowNanos));
  }

  /** Begins to take part as the Active that it was; without effect when it already does. */
  public Step resume(long nowNanos) {
    return enter(state.resume(config, nowNanos));
  }

  /** Stops taking part; without effect when it does not. */
  public Step shutdown(ShutdownCause cause, long nowNanos) {
    return enter(state.shutdown(config, cause, nowNanos));
  }

  /** Begins to take part as a Backup, also with the priority of an owner. */
  public Step startupAsBackup(long nowNanos) {
    return state instanceof Initialize
        ? enter(Initialize.asBackup(config, nowNanos))
        : Step.stay(state);
  }

  /**
   * Waits one more Active down interval: others that have to become Active together with this
   * router cannot yet. Without effect unless it is a Backup whose deadline has passed.
   */
  public Step postpone(long nowNanos) {
    return state instanceof Backup backup && backup.deadlineNanos() <= nowNanos
        ? enter(backup.postponed(config, nowNanos))
        : Step.stay(state);
  }

  /**
   * A Backup becomes Active before its time, because another router did that it goes with.
   *
   * @param leader name of the other one
   */
  public Step rise(String leader, long nowNanos) {
    return state instanceof Backup backup
        ? enter(
            Active.promote(
                config,
                StateKind.BACKUP,
                backup.heard(),
                new TransitionReason.FollowedGroup(leader, true),
                nowNanos))
        : Step.stay(state);
  }

  /**
   * An Active becomes Backup without a farewell, because another router did that it goes with.
   *
   * @param leader name of the other one
   */
  public Step fall(String leader, long nowNanos) {
    return state instanceof Active active
        ? enter(active.demoted(config, new TransitionReason.FollowedGroup(leader, false), nowNanos))
        : Step.stay(state);
  }

  /**
   * An Active becomes Backup and says so, because another router is that it is to go with.
   *
   * @param other name of the other one
   */
  public Step resign(String other, long nowNanos) {
    return state instanceof Active active
        ? enter(active.resigned(config, new TransitionReason.JoinedGroup(other), nowNanos))
        : Step.stay(state);
  }

  /**
   * An Active advertises before it is due, so that from then on it does at other times than until
   * now. To the others it is an advertisement like any other, and that one pause is shorter than
   * they expect (RFC 9568 section 6.4.2 lets each advertisement start their timer anew). Without
   * effect unless it is an Active that is not due.
   *
   * @param countedFromNanos the next one is due an interval after this time, which has come; later
   *     ones follow it
   */
  public Step advertiseEarly(long countedFromNanos, long nowNanos) {
    return state instanceof Active active && active.advertiseAtNanos() > nowNanos
        ? enter(active.early(config, countedFromNanos, nowNanos))
        : Step.stay(state);
  }

  /** Takes in an advertisement that passed every receive check. */
  public Step onAdvertisement(Advertisement advertisement, IpAddress source, long nowNanos) {
    return enter(state.advertisement(config, advertisement, source, nowNanos));
  }

  /** Does what is due. */
  public Step tick(long nowNanos) {
    return enter(state.tick(config, nowNanos));
  }

  /**
   * Takes note that the host woke up later than planned; hand this in before what it received
   * meanwhile.
   */
  public Step wokeLate(Sleep sleep, long nowNanos) {
    return enter(state.wokeLate(config, sleep, nowNanos));
  }

  /**
   * Changes the configuration and keeps the state. Only a version 3 router that loses its last
   * address stops: its messages must not be empty (RFC 9568 erratum 8299), so the farewell still
   * carries the old ones.
   *
   * @throws IllegalArgumentException when version, family or identifier differ: that is another
   *     router
   */
  public Step reconfigure(RouterConfig after, long nowNanos) {
    if (!after.identity().equals(config.identity())) {
      throw new IllegalArgumentException(
          "a running router keeps its identity: expected "
              + config.identity()
              + ", got "
              + after.identity()
              + "; remove it and create another");
    }
    Step step =
        losesLastAddress(after)
            ? state.shutdown(config, ShutdownCause.NO_ADDRESS, nowNanos)
            : state.reconfigure(config, after, nowNanos);
    config = after;
    return enter(step);
  }

  private boolean losesLastAddress(RouterConfig after) {
    return config.identity().version() == VrrpVersion.V3
        && after.addresses().isEmpty()
        && !config.addresses().isEmpty();
  }

  /** Current state. */
  public RouterState state() {
    return state;
  }

  /** Kind of the current state. */
  public StateKind kind() {
    return state.kind();
  }

  /** When {@link #tick} wants to be called; {@link Long#MAX_VALUE} for never. */
  public long deadlineNanos() {
    return state.deadlineNanos();
  }

  /** Current configuration. */
  public RouterConfig config() {
    return config;
  }

  /** The silence after which it claims the addresses as a Backup, in nanoseconds. */
  public long activeDownNanos() {
    return config.activeDownNanos(
        state instanceof Backup backup ? backup.activeInterval() : config.interval());
  }

  /** The router whose advertisement was heard last, in this run. */
  public Optional<ActiveRouter> activeRouter() {
    if (state instanceof Backup backup && backup.heard() instanceof ActiveRouter router) {
      return Optional.of(router);
    }
    if (state instanceof Active active && active.heard() instanceof ActiveRouter router) {
      return Optional.of(router);
    }
    return Optional.empty();
  }

  private Step enter(Step step) {
    state = step.next();
    return step;
  }
}
