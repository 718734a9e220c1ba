package org.vipd.daemon.config;

import java.time.Duration;
import java.util.Optional;
import org.vipd.protocol.wire.ChecksumForm;
import org.vipd.protocol.wire.Strictness;

/**
 * How packets of an instance look and which are let in, beside their protection.
 *
 * @param checksum form of the VRRPv3 checksum over IPv4 that is sent; empty follows the Active and
 *     starts with the pseudo-header. Either form is accepted
 * @param hopLimits of unicast packets
 * @param announceInterval least time between two gratuitous ARP packets or neighbour
 *     advertisements; zero for none
 * @param accepts whether this node takes packets addressed to the virtual addresses (RFC 9568
 *     Accept_Mode)
 * @param strictness what makes a packet be dropped that is only counted otherwise
 */
public record WireConfig(
    Optional<ChecksumForm> checksum,
    HopLimits hopLimits,
    Duration announceInterval,
    boolean accepts,
    Strictness strictness) {

  /** What applies without any setting, as in keepalived. */
  public static final WireConfig DEFAULT =
      new WireConfig(Optional.empty(), HopLimits.DEFAULT, Duration.ZERO, true, Strictness.LENIENT);

  public WireConfig {
    if (announceInterval.isNegative()) {
      throw new IllegalArgumentException(
          "announce interval must not be negative: " + announceInterval);
    }
  }

  /**
   * TTL or hop limit in unicast; multicast always has 255.
   *
   * @param sent 1..255
   * @param lowest accepted, 0..255
   * @param highest accepted, 0..255
   */
  public record HopLimits(int sent, int lowest, int highest) {

    /** Sends 255 and accepts any. */
    public static final HopLimits DEFAULT = new HopLimits(255, 0, 255);

    public HopLimits {
      if (sent < 1 || sent > 255 || lowest < 0 || highest > 255 || lowest > highest) {
        throw new IllegalArgumentException(
            "hop limits must be 1..255 to send and 0..255 to accept, got "
                + sent
                + ", "
                + lowest
                + ".."
                + highest);
      }
    }
  }
}
