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
 * @param table number of the table that action 1 looks into; 0 with other actions, and when it is
 *     that of the VRF
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
    if (action == TO_TABLE && table < 1 && !options.isOfVrf()) {
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
   * @param traffic what the packets are
   */
  public record Selector(
      boolean isInverted,
      Optional<IpPrefix> from,
      Optional<IpPrefix> to,
      Optional<String> incoming,
      Optional<String> outgoing,
      Optional<Mark> mark,
      Traffic traffic) {

    /** All packets. */
    public static final Selector ALL =
        new Selector(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Traffic.ANY);
  }

  /**
   * What packets are, and of whom.
   *
   * @param tos the octet of type of service; 0 for any
   * @param ipProtocol number of the protocol, 1..255; 0 for any
   * @param sourcePorts 1..65535
   * @param destinationPorts 1..65535
   * @param users numbers of the users whose sockets send them
   * @param tunnel number of the tunnel they came through, 1 or more; 0 for any
   */
  public record Traffic(
      int tos,
      int ipProtocol,
      Optional<Range> sourcePorts,
      Optional<Range> destinationPorts,
      Optional<Range> users,
      long tunnel) {

    /** Whatever they are. */
    public static final Traffic ANY =
        new Traffic(0, 0, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /**
   * Numbers that follow one another.
   *
   * @param first the smallest
   * @param last the largest
   */
  public record Range(long first, long last) {}

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
   * @param ignoredGroup routes over interfaces of this group do not count; -1 when all do
   * @param realms what the packets are counted under, two 16-bit numbers: from and to; 0 for
   *     nothing
   * @param isOfVrf whether the table is that of the VRF that the packet belongs to
   */
  public record Options(
      long target, int shortest, long ignoredGroup, long realms, boolean isOfVrf) {

    /** None of them. */
    public static final Options NONE = new Options(0, -1, -1, 0, false);
  }
}
