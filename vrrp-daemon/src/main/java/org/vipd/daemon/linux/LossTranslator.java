package org.vipd.daemon.linux;

import org.vipd.daemon.config.Prefix;
import org.vipd.daemon.config.RoutingEntry;
import org.vipd.daemon.port.LinkListener;
import org.vipd.netlink.address.IpFamily;
import org.vipd.netlink.address.IpPrefix;
import org.vipd.netlink.route.RemovedRoute;
import org.vipd.netlink.route.RemovedRule;
import org.vipd.netlink.route.RouteLosses;
import org.vipd.protocol.value.AddressFamily;

/** Says in the words of the daemon which route or rule somebody removed. */
final class LossTranslator implements RouteLosses.Listener {

  private final LinkListener listener;

  LossTranslator(LinkListener listener) {
    this.listener = listener;
  }

  @Override
  public void routeRemoved(RemovedRoute route) {
    IpPrefix destination = route.destination();
    Prefix prefix = new Prefix(Addresses.fromJdk(destination.address()), destination.length());
    listener.routingEntryRemoved(
        new RoutingEntry.Loss.OfRoute(prefix, Long.toString(route.table()), route.metric()));
  }

  @Override
  public void ruleRemoved(RemovedRule rule) {
    AddressFamily ours = rule.family() == IpFamily.IPV4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
    listener.routingEntryRemoved(
        new RoutingEntry.Loss.OfRule(ours, rule.priority(), Long.toString(rule.table())));
  }
}
