package org.vipd.daemon.bfd;

import java.util.Optional;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.port.SessionPath;
import org.vipd.protocol.bfd.SessionSettings;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * What an operator wrote about a session, with the defaults filled in: those of keepalived, but for
 * the hop limit of IPv6, which is 255 as RFC 5881 section 5 wants it.
 *
 * @param path how its packets go
 * @param settings how often, and when it is lost
 */
record SessionPlan(SessionPath path, SessionSettings settings) {

  private static final int SINGLE_HOP_PORT = 3784;
  private static final int MULTI_HOP_PORT = 4784;
  private static final int HOP_LIMIT = 255;
  private static final long MICROS_PER_MILLI = 1000;
  private static final long INTERVAL_MILLIS = 10;
  private static final long IDLE_MILLIS = 1000;
  private static final long MULTIPLIER = 5;

  static SessionPlan of(BfdInstance config) {
    Settings settings = config.settings();
    boolean isMultihop = settings.isOn("multihop");
    boolean isIpv4 = config.neighbour().family() == AddressFamily.IPV4;
    int hopLimit = (int) settings.number(isIpv4 ? "ttl" : "hoplimit").orElse(HOP_LIMIT);
    long hops = settings.number("max_hops").orElse(isMultihop ? -1 : 0);
    Optional<IpAddress> source = settings.word("source_ip").flatMap(IpAddress::parse);
    return new SessionPlan(
        new SessionPath(
            source,
            config.neighbour(),
            isMultihop ? MULTI_HOP_PORT : SINGLE_HOP_PORT,
            hopLimit,
            hops < 0 ? 0 : (int) Math.max(0, hopLimit - hops)),
        new SessionSettings(
            micros(settings, "min_tx", INTERVAL_MILLIS),
            micros(settings, "min_rx", INTERVAL_MILLIS),
            micros(settings, "idle_tx", IDLE_MILLIS),
            (int) settings.number("multiplier").orElse(MULTIPLIER),
            settings.isOn("passive")));
  }

  private static long micros(Settings settings, String keyword, long defaultMillis) {
    return settings.number(keyword).orElse(defaultMillis) * MICROS_PER_MILLI;
  }
}
