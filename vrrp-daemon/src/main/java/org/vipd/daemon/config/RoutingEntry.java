package org.vipd.daemon.config;

import java.util.List;
import java.util.Optional;
import org.vipd.protocol.value.AddressFamily;

/** What goes with the addresses of an instance in the kernel's routing: a route or a rule. */
public sealed interface RoutingEntry permits VirtualRoute, VirtualRule {

  /** The table of whatever names none. */
  String MAIN_TABLE = "main";

  /** RT_TABLE_MAIN: its number. */
  String MAIN_TABLE_NUMBER = "254";

  /** RT_TABLE_UNSPEC: what the kernel says of a rule that looks into none. */
  String NO_TABLE_NUMBER = "0";

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
     * @param table number of the table it looks into; 0 when it looks into none
     */
    record OfRule(AddressFamily family, long priority, String table) implements Loss {}
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

  /** What the kernel may say when it goes away; a table other than main has to be a number. */
  List<Loss> losses();
}
