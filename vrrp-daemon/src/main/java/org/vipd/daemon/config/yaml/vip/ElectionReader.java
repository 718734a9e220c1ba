package org.vipd.daemon.config.yaml.vip;

import java.time.Duration;
import java.util.Optional;
import org.vipd.daemon.config.ElectionConfig;
import org.vipd.daemon.config.Lease;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.daemon.config.yaml.key.TimeText;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.machine.Behaviour;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.VrrpVersion;

/** Reads priority, interval, preemption and announcements. */
final class ElectionReader {

  private static final long NANOS_PER_CENTISECOND = 10_000_000L;
  private static final long V3_LIMIT = 4095;

  private final Section vip;
  private final VrrpVersion version;
  private final Reports reports;

  ElectionReader(Section vip, VrrpVersion version, Reports reports) {
    this.vip = vip;
    this.version = version;
    this.reports = reports;
  }

  ElectionConfig read(int priority, Settings global) {
    reportIdle(priority);
    AdvertInterval interval = interval();
    return new ElectionConfig(
        Priority.of(priority),
        interval,
        vip.isOn("preempt"),
        vip.usualTime("preempt-delay"),
        lease(new Lease.Patience(version, interval, behaviour(global).downTimerAdverts())),
        announcements(),
        behaviour(global));
  }

  private void reportIdle(int priority) {
    boolean startsAsMaster = vip.text("start").orElseThrow().equals("master");
    boolean isOwner = Priority.of(priority).isOwner();
    if (!vip.isOn("preempt") && (startsAsMaster || isOwner)) {
      reports.error(
          vip.place("preempt"),
          "preempt: false cannot work together with "
              + (startsAsMaster ? "start: master" : "priority 255, which owns the addresses"),
          "delete " + (startsAsMaster ? "start" : "priority") + ", or preempt");
    }
    String reason =
        !vip.isOn("preempt")
            ? "preempt: false"
            : startsAsMaster ? "start: master" : vip.isOn("strict") ? "strict: true" : "";
    if (!vip.usualTime("preempt-delay").isZero() && !reason.isEmpty()) {
      reports.error(
          vip.place("preempt-delay"), "preempt-delay has no effect with " + reason, "delete it");
    }
  }

  /**
   * Version 2 carries whole seconds (RFC 3768 5.3.7), version 3 centiseconds up to 40.95 s (RFC
   * 9568 5.2.7).
   */
  AdvertInterval interval() {
    Duration asked = vip.usualTime("interval");
    long centiseconds = asked.toNanos() / NANOS_PER_CENTISECOND;
    boolean isSecond = version == VrrpVersion.V2;
    boolean fits =
        asked.toNanos() % NANOS_PER_CENTISECOND == 0
            && (isSecond ? centiseconds % 100 == 0 : centiseconds <= V3_LIMIT);
    if (!fits) {
      reports.error(
          vip.valuePlace("interval"),
          "interval " + TimeText.format(asked) + " is not possible in VRRPv" + version.number(),
          isSecond
              ? "write whole seconds, or version: 3 on every node"
              : "write 10ms to 40.95s in steps of 10ms");
      return AdvertInterval.DEFAULT;
    }
    return AdvertInterval.ofCentiseconds((int) centiseconds);
  }

  /** Strict mode goes back to what RFC 3768 and RFC 5798 say, as in keepalived. */
  private Behaviour behaviour(Settings global) {
    Behaviour usual = Behaviour.DEFAULT;
    Settings own = vip.settings("options");
    long adverts =
        own.number("down_timer_adverts")
            .orElse(global.number("vrrp_down_timer_adverts").orElse(usual.downTimerAdverts()));
    boolean isSilent =
        own.isOnIfGiven("lower_prio_no_advert").orElse(global.isOn("vrrp_lower_prio_no_advert"));
    boolean isStrict = vip.isOn("strict");
    return new Behaviour(
        isStrict ? usual.downTimerAdverts() : Math.toIntExact(adverts),
        !isStrict && !isSilent,
        usual.ownerYields(),
        usual.answerSpacingNanos());
  }

  private Lease lease(Lease.Patience patience) {
    Optional<Duration> asked = vip.time("lease");
    if (asked.isEmpty() || asked.get().isZero()) {
      return asked.isEmpty() ? Lease.longest(patience) : Lease.OFF;
    }
    int seconds = (int) asked.get().toSeconds();
    Optional<String> objection =
        asked.get().equals(Duration.ofSeconds(seconds))
            ? Lease.objection(seconds, patience)
            : Optional.of("lease must be whole seconds, found " + TimeText.format(asked.get()));
    objection.ifPresent(
        why ->
            reports.error(
                vip.valuePlace("lease"),
                why,
                "delete the line to get " + Lease.longest(patience).seconds() + "s, or write 0s"));
    return objection.isPresent() ? Lease.longest(patience) : new Lease(seconds);
  }

  private AnnouncePolicy announcements() {
    Section announce = vip.section("announce").orElse(Section.empty("announce", vip.place()));
    boolean isStrict = vip.isOn("strict");
    AnnouncePolicy.Rival usual =
        isStrict ? new AnnouncePolicy.Rival(0, 0) : AnnouncePolicy.DEFAULT.rival();
    return new AnnouncePolicy(
        announce.usualNumber("repeat"),
        announce.usualTime("delay").toNanos(),
        announce.usualTime("refresh").toNanos(),
        announce.usualNumber("refresh-repeat"),
        new AnnouncePolicy.Rival(
            announce.number("rival-repeat").orElse(usual.repeat()),
            announce.time("rival-delay").orElse(Duration.ofNanos(usual.delayNanos())).toNanos()));
  }
}
