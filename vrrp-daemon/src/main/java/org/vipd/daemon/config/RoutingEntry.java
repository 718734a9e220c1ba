package org.vipd.daemon.config;

import java.util.Optional;
import org.vipd.protocol.value.AddressFamily;

/** What goes with the addresses of an instance in the kernel's routing: a route or a rule. */
public sealed interface RoutingEntry permits VirtualRoute, VirtualRule {

  /** The table of whatever names none. */
  String MAIN_TABLE = "main";

  /** RT_TABLE_MAIN: its number. */
  String MAIN_TABLE_NUMBER = "254";

  /** RTPROT_KEEPALIVED: which program an entry is of. */
  int PROTOCOL = 18;

  /** What the kernel says of an entry that went away. */
  sealed interface Loss permits Loss.OfRoute, Loss.OfRule {

    /**
     * A route.
     *
     * @param destination where it led
     * @param table number of its table
     * @param metric 0 when it had none
     */
    record OfRoute(Prefix destination, String table, long metric) implements Loss {}

    /**
     * A rule.
     *
     * @param family IPv4 or IPv6
     * @param priority its place among the rules
     */
    record OfRule(AddressFamily family, long priority) implements Loss {}
  }

  /** What to call it. */
  String noun();

  /** The words of {@code ip route} or {@code ip rule}. */
  String text();

  /** The routing table, by number or name. */
  String table();

  /** The same with another table. */
  RoutingEntry withTable(String other);

  /** The interface that must be there; rules name theirs and can wait for them. */
  Optional<String> device();

  /** Whether it is put back when another program removes it. */
  boolean isTracked();

  /** Whether it may be the one that went away; a table other than main has to be a number. */
  boolean isMeantBy(Loss loss);
}
