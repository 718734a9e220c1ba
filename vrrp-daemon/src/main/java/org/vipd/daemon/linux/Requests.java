package org.vipd.daemon.linux;

import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.VirtualRule;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.route.IpRoute;
import org.vipd.netlink.route.IpRule;
import org.vipd.netlink.route.RoutingRequest;
import org.vipd.protocol.value.AddressFamily;

/** Routes and rules as what the kernel is asked for. */
final class Requests {

  private static final int RTN_UNICAST = 1;
  private static final int RTN_BLACKHOLE = 6;
  private static final int RTN_UNREACHABLE = 7;
  private static final int RTN_PROHIBIT = 8;
  private static final int RTN_THROW = 9;
  private static final int FR_ACT_TO_TBL = 1;
  private static final int FR_ACT_GOTO = 2;
  private static final int FR_ACT_NOP = 3;
  private static final int FR_ACT_BLACKHOLE = 6;
  private static final int FR_ACT_UNREACHABLE = 7;
  private static final int FR_ACT_PROHIBIT = 8;

  private Requests() {}

  /** A request for one of them, with the number of its table. */
  static RoutingRequest of(RouteInstall install, int table) {
    return install.entry() instanceof VirtualRule rule
        ? of(rule, table)
        : of((VirtualRoute) install.entry(), install.interfaceIndex(), table);
  }

  private static IpRoute of(VirtualRoute route, int interfaceIndex, int table) {
    VirtualRoute.Options options = route.options();
    return new IpRoute(
        type(route.kind()),
        new IpPrefix(Addresses.toJdk(route.destination()), route.prefixLength()),
        route.gateway().map(Addresses::toJdk),
        interfaceIndex,
        route.source().map(Addresses::toJdk),
        table,
        options.protocol(),
        new IpRoute.Options(
            options.scope(),
            options.metric(),
            options.isOnLink(),
            options.mtu(),
            options.advertisedSegment()));
  }

  private static int type(VirtualRoute.Kind kind) {
    return switch (kind) {
      case UNICAST -> RTN_UNICAST;
      case BLACKHOLE -> RTN_BLACKHOLE;
      case UNREACHABLE -> RTN_UNREACHABLE;
      case PROHIBIT -> RTN_PROHIBIT;
      case THROW -> RTN_THROW;
    };
  }

  private static IpRule of(VirtualRule rule, int table) {
    VirtualRule.Selector selector = rule.selector();
    return new IpRule(
        rule.family() == AddressFamily.IPV4 ? IpFamily.IPV4 : IpFamily.IPV6,
        action(rule.action()),
        new IpRule.Selector(
            selector.isInverted(),
            selector.from().map(Requests::prefix),
            selector.to().map(Requests::prefix),
            selector.incoming(),
            selector.outgoing(),
            selector.mark().map(it -> new IpRule.Mark(it.value(), it.mask())),
            of(selector.traffic())),
        rule.action() == VirtualRule.Action.TABLE ? table : 0,
        rule.priority(),
        rule.options().protocol(),
        new IpRule.Options(
            rule.options().target(),
            rule.options().shortest(),
            rule.options().ignoredGroup(),
            rule.options().realms(),
            rule.action() == VirtualRule.Action.L3MDEV));
  }

  private static IpRule.Traffic of(VirtualRule.Traffic traffic) {
    return traffic.equals(VirtualRule.Traffic.ANY)
        ? IpRule.Traffic.ANY
        : new IpRule.Traffic(
            traffic.tos(),
            traffic.ipProtocol(),
            traffic.sourcePorts().map(Requests::range),
            traffic.destinationPorts().map(Requests::range),
            traffic.users().map(Requests::range),
            traffic.tunnel());
  }

  private static IpRule.Range range(VirtualRule.Range range) {
    return new IpRule.Range(range.first(), range.last());
  }

  private static int action(VirtualRule.Action action) {
    return switch (action) {
      case TABLE, L3MDEV -> FR_ACT_TO_TBL;
      case GOTO -> FR_ACT_GOTO;
      case NOP -> FR_ACT_NOP;
      case BLACKHOLE -> FR_ACT_BLACKHOLE;
      case UNREACHABLE -> FR_ACT_UNREACHABLE;
      case PROHIBIT -> FR_ACT_PROHIBIT;
    };
  }

  private static IpPrefix prefix(Prefix prefix) {
    return new IpPrefix(Addresses.toJdk(prefix.address()), prefix.length());
  }
}
