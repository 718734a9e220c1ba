package org.vipd.daemon.runtime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.FilterJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Accept_Mode off (RFC 9568 section 6.4.3): a table of nftables drops packets to the addresses of
 * instances with {@code no_accept}, but never neighbour discovery. The rules are there all the time
 * and not only while Active, so that a takeover does not wait for them; {@code nft} runs beside the
 * loop, so at a start or a reload an Active may hold the address a moment before. Without such an
 * instance there is no table.
 */
final class AcceptFilter {

  private final ScriptPort scripts;
  private final Journal journal;
  private final String table;
  private List<IpAddress> refused = List.of();
  private Optional<String> failure = Optional.empty();

  /**
   * A filter that is not set up.
   *
   * @param name of the table; another daemon on this host must have another one
   */
  AcceptFilter(ScriptPort scripts, Journal journal, String name) {
    this.scripts = scripts;
    this.journal = journal;
    this.table = "inet " + name;
  }

  /** Sets up the rules, or takes away those of a former run that ended without farewell. */
  void start(DaemonConfig config) {
    apply(config);
    if (refused.isEmpty()) {
      change("delete table " + table, true);
    }
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
    if (!wanted.equals(refused) || failure.isPresent()) {
      refused = wanted;
      failure = Optional.empty();
      change(wanted.isEmpty() ? withoutTable() : rules(wanted), false);
    }
  }

  /** Takes the rules away. */
  void remove() {
    if (!refused.isEmpty()) {
      refused = List.of();
      change(withoutTable(), false);
    }
  }

  /** Takes what came of the last change. */
  void changed(CheckOutcome outcome) {
    if (outcome.passed()) {
      failure = Optional.empty();
      return;
    }
    boolean ran = outcome.kind() != CheckOutcome.Kind.UNRUNNABLE;
    String printed = ran && !outcome.output().isBlank() ? ": " + outcome.output().strip() : "";
    failure =
        Optional.of(
            "no_accept is not in force, the packet filter could not be changed: nft "
                + outcome.text()
                + printed
                + "; install nftables, or permit it, and reload");
    journal.error(failure.get());
  }

  /** What an operator should mend. */
  List<String> problems() {
    return failure.stream().toList();
  }

  private String withoutTable() {
    return "add table " + table + "; delete table " + table;
  }

  private static boolean refuses(InstanceConfig instance) {
    return !instance.wire().accepts() && !instance.election().priority().isOwner();
  }

  private void change(String rules, boolean isOptional) {
    CommandConfig command = new CommandConfig("nft " + rules, List.of("nft", rules));
    scripts.changeFilter(new FilterJob(command, isOptional));
  }

  private String rules(List<IpAddress> addresses) {
    StringBuilder rules = new StringBuilder(withoutTable());
    rules
        .append("; add table ")
        .append(table)
        .append("; add chain ")
        .append(table)
        .append(" input { type filter hook input priority -1; policy accept; }; add rule ")
        .append(table)
        .append(" input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept");
    drop(rules, addresses, AddressFamily.IPV4, "ip");
    drop(rules, addresses, AddressFamily.IPV6, "ip6");
    return rules.toString();
  }

  private void drop(
      StringBuilder rules, List<IpAddress> addresses, AddressFamily family, String protocol) {
    String list =
        addresses.stream()
            .filter(address -> address.family() == family)
            .map(IpAddress::toString)
            .collect(Collectors.joining(", "));
    if (!list.isEmpty()) {
      rules
          .append("; add rule ")
          .append(table)
          .append(" input ")
          .append(protocol)
          .append(" daddr { ")
          .append(list)
          .append(" } drop");
    }
  }
}
