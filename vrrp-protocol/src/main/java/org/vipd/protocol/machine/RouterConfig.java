package org.vipd.protocol.machine;

import java.util.Objects;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * Everything that the state machine needs to know of one virtual router.
 *
 * @param identity what cannot change
 * @param election what decides who wins
 * @param addresses virtual addresses, those of the message
 * @param primaryAddress the address that advertisements are sent from
 * @param announcePolicy when addresses are announced
 */
public record RouterConfig(
    Identity identity,
    Election election,
    AddressList addresses,
    IpAddress primaryAddress,
    AnnouncePolicy announcePolicy) {

  /** Refuses mixed families and an interval that the version cannot carry. */
  public RouterConfig {
    if (addresses.family() != identity.family() || primaryAddress.family() != identity.family()) {
      throw new IllegalArgumentException(
          "virtual addresses and primary address must be "
              + identity.family()
              + ", got "
              + addresses.family()
              + " and "
              + primaryAddress.family());
    }
    if (!identity.version().carries(election.interval())) {
      throw new IllegalArgumentException(
          "interval of version "
              + identity.version().number()
              + " must be "
              + (identity.version() == VrrpVersion.V2 ? "1..255 whole seconds" : "1..4095 cs")
              + ", got "
              + election.interval());
    }
  }

  /** A router with the defaults of the RFC: priority 100, one second, preempting. */
  public static RouterConfig of(
      VrrpVersion version, Vrid vrid, AddressList addresses, IpAddress primaryAddress) {
    return new RouterConfig(
        new Identity(version, addresses.family(), vrid),
        new Election(
            Priority.DEFAULT,
            Priority.DEFAULT,
            AdvertInterval.DEFAULT,
            Preemption.IMMEDIATE,
            Behaviour.DEFAULT),
        addresses,
        primaryAddress,
        AnnouncePolicy.DEFAULT);
  }

  /** Protocol version. */
  public VrrpVersion version() {
    return identity.version();
  }

  /** Address family. */
  public AddressFamily family() {
    return identity.family();
  }

  /** Virtual router id. */
  public Vrid vrid() {
    return identity.vrid();
  }

  /** Configured priority. */
  public Priority priority() {
    return election.priority();
  }

  /** Priority after tracking: the one that is advertised and compared. */
  public Priority effectivePriority() {
    return election.effectivePriority();
  }

  /** Own advertisement interval. */
  public AdvertInterval interval() {
    return election.interval();
  }

  /** True when a lower Active is displaced; an owner always does so. */
  public boolean preempts() {
    return election.preemption().isEnabled() || effectivePriority().isOwner();
  }

  /** How long a lower Active is accepted first; an owner does not wait. */
  public long preemptDelayNanos() {
    return effectivePriority().isOwner() ? 0 : election.preemption().delayNanos();
  }

  /** Missed advertisements until the Active router is dead. */
  public int downTimerAdverts() {
    return election.behaviour().downTimerAdverts();
  }

  /** True when an Active answers a losing advertisement at once. */
  public boolean answersLosing() {
    return election.behaviour().answersLosing();
  }

  /** The same with another configured and effective priority. */
  public RouterConfig withPriority(Priority other) {
    return withElection(
        new Election(other, other, interval(), election.preemption(), election.behaviour()));
  }

  /** The same with another effective priority. */
  public RouterConfig withEffectivePriority(Priority other) {
    return withElection(
        new Election(priority(), other, interval(), election.preemption(), election.behaviour()));
  }

  /** The same with another interval. */
  public RouterConfig withInterval(AdvertInterval other) {
    return withElection(
        new Election(
            priority(), effectivePriority(), other, election.preemption(), election.behaviour()));
  }

  /** The same with another preemption. */
  public RouterConfig withPreemption(Preemption other) {
    return withElection(
        new Election(priority(), effectivePriority(), interval(), other, election.behaviour()));
  }

  /** The same with another behaviour. */
  public RouterConfig withBehaviour(Behaviour other) {
    return withElection(
        new Election(priority(), effectivePriority(), interval(), election.preemption(), other));
  }

  /** The same with another election. */
  public RouterConfig withElection(Election other) {
    return new RouterConfig(identity, other, addresses, primaryAddress, announcePolicy);
  }

  /** The same with other virtual addresses. */
  public RouterConfig withAddresses(AddressList other) {
    return new RouterConfig(identity, election, other, primaryAddress, announcePolicy);
  }

  /** The same with another primary address. */
  public RouterConfig withPrimaryAddress(IpAddress other) {
    return new RouterConfig(identity, election, addresses, other, announcePolicy);
  }

  /** The same with another announcement policy. */
  public RouterConfig withAnnouncePolicy(AnnouncePolicy other) {
    return new RouterConfig(identity, election, addresses, primaryAddress, other);
  }

  /** Skew time towards an Active router with this interval. */
  long skewNanos(AdvertInterval activeInterval) {
    return Timing.skew(version(), effectivePriority(), timerInterval(activeInterval));
  }

  /** Active down interval towards an Active router with this interval. */
  long activeDownNanos(AdvertInterval activeInterval) {
    return Timing.activeDownInterval(
        version(), effectivePriority(), timerInterval(activeInterval), downTimerAdverts());
  }

  // RFC 3768 knows no learned interval.
  AdvertInterval timerInterval(AdvertInterval activeInterval) {
    return version() == VrrpVersion.V2 ? interval() : activeInterval;
  }

  // by hand: what Java makes for records is spun at the first call, milliseconds before the first
  // announcement
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof RouterConfig that
            && identity.equals(that.identity)
            && election.equals(that.election)
            && addresses.equals(that.addresses)
            && primaryAddress.equals(that.primaryAddress)
            && Objects.equals(announcePolicy, that.announcePolicy));
  }

  @Override
  public int hashCode() {
    return (identity.hashCode() * 31 + election.hashCode()) * 31 + addresses.hashCode();
  }
}
