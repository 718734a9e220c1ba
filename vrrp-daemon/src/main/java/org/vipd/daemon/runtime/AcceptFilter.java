package org.vipd.daemon.runtime;

import java.util.List;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Accept_Mode off (RFC 9568 section 6.4.3): a table of nftables drops packets to the addresses of
 * instances with {@code no_accept}, but never neighbour discovery. The rules are there all the time
 * and not only while Active, so that no moment exists in which the address answers. Without such an
 * instance there is no table.
 */
final class AcceptFilter {

  private static final String LANE = "packet filter";
  private static final String TABLE = "inet vipd";
  private static final String EMPTY_TABLE = "add table " + TABLE + "; delete table " + TABLE;

  private final ScriptPort scripts;
  private List<IpAddress> refused = List.of();

  AcceptFilter(ScriptPort scripts) {
    this.scripts = scripts;
  }

  /** Brings the rules in line with the configuration. */
  void apply(DaemonConfig config) {
    List<IpAddress> wanted =
        config.instances().stream()
            .filter(AcceptFilter::refuses)
            .flatMap(instance -> instance.addresses().stream())
            .map(VirtualAddressConfig::address)
            .distinct()
            .sorted()
            .toList();
    if (!wanted.equals(refused)) {
      refused = wanted;
      run(wanted.isEmpty() ? EMPTY_TABLE : rules(wanted), false);
    }
  }

  /** Takes the rules away. */
  void remove() {
    if (!refused.isEmpty()) {
      refused = List.of();
      run(EMPTY_TABLE, true);
    }
  }

  private static boolean refuses(InstanceConfig instance) {
    return !instance.wire().accepts() && !instance.election().priority().isOwner();
  }

  private void run(String rules, boolean isFinal) {
    List<CommandConfig> commands =
        List.of(new CommandConfig("nft " + rules, List.of("nft", rules)));
    scripts.runHooks(new HookJob(LANE, "no_accept", commands, isFinal));
  }

  private static String rules(List<IpAddress> addresses) {
    StringBuilder rules = new StringBuilder(EMPTY_TABLE);
    rules
        .append("; add table ")
        .append(TABLE)
        .append("; add chain ")
        .append(TABLE)
        .append(" input { type filter hook input priority -1; policy accept; }; add rule ")
        .append(TABLE)
        .append(" input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept");
    drop(rules, addresses, AddressFamily.IPV4, "ip");
    drop(rules, addresses, AddressFamily.IPV6, "ip6");
    return rules.toString();
  }

  private static void drop(
      StringBuilder rules, List<IpAddress> addresses, AddressFamily family, String protocol) {
    String list =
        addresses.stream()
            .filter(address -> address.family() == family)
            .map(IpAddress::toString)
            .collect(Collectors.joining(", "));
    if (!list.isEmpty()) {
      rules
          .append("; add rule ")
          .append(TABLE)
          .append(" input ")
          .append(protocol)
          .append(" daddr { ")
          .append(list)
          .append(" } drop");
    }
  }
}
