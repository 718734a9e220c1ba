package org.vipd.netlink.route;

import java.util.Optional;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;

/**
 * A rule to add or remove: which packets look into which table for their route.
 *
 * @param family IPv4 or IPv6
 * @param action FR_ACT_* of the kernel header fib_rules.h: 1 table, 2 goto, 3 nop, 6 blackhole, 7
 *     unreachable, 8 prohibit
 * @param selector which packets
 * @param table number of the table that action 1 looks into; 0 with other actions
 * @param priority 32 bits; the kernel goes through the rules from 0 upwards
 * @param protocol who asks, 1..255
 * @param options the rest
 */
public record IpRule(
    IpFamily family,
    int action,
    Selector selector,
    int table,
    long priority,
    int protocol,
    Options options)
    implements RoutingRequest {

  private static final int PROTOCOL_MAXIMUM = 255;

  /** FR_ACT_TO_TBL. */
  static final int TO_TABLE = 1;

  /** FR_ACT_GOTO. */
  static final int GOTO = 2;

  /** Checks the numbers. */
  public IpRule {
    if (action == TO_TABLE && table < 1) {
      throw new IllegalArgumentException("table " + table + ": must be 1 or more");
    }
    if (protocol < 1 || protocol > PROTOCOL_MAXIMUM) {
      throw new IllegalArgumentException(
          "protocol " + protocol + ": must be 1.." + PROTOCOL_MAXIMUM);
    }
  }

  /**
   * Which packets.
   *
   * @param isInverted whether it is those that do not fit
   * @param from source addresses; empty for all
   * @param to destination addresses; empty for all
   * @param incoming name of the interface they came in by, which need not exist
   * @param outgoing name of the interface that their socket is bound to
   * @param mark of the firewall
   */
  public record Selector(
      boolean isInverted,
      Optional<IpPrefix> from,
      Optional<IpPrefix> to,
      Optional<String> incoming,
      Optional<String> outgoing,
      Optional<Mark> mark) {

    /** All packets. */
    public static final Selector ALL =
        new Selector(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * A mark of the firewall.
   *
   * @param value 32 bits
   * @param mask which of them count
   */
  public record Mark(long value, long mask) {}

  /**
   * What a rule has beside.
   *
   * @param target the priority that action 2 leads to
   * @param shortest routes of this prefix length or a shorter one do not count; -1 when all do
   */
  public record Options(long target, int shortest) {

    /** None of them. */
    public static final Options NONE = new Options(0, -1);
  }
}
