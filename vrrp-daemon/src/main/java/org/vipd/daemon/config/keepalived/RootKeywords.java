package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.Vrid;

/** The keywords at the top of the file, and what must hold between blocks. */
final class RootKeywords {

  private static final Set<String> LVS_BLOCKS =
      Set.of("virtual_server", "virtual_server_group", "real_server", "SSL", "local_address_group");

  private final Problems problems;
  private final Values values;
  private final GlobalKeywords global;
  private final Map<String, CheckConfig> checks = new LinkedHashMap<>();
  private final Map<String, InstanceConfig> instances = new LinkedHashMap<>();
  private int lvsBlocks;

  RootKeywords(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
    this.global = new GlobalKeywords(values);
  }

  DaemonConfig interpret(String file, List<Statement> tree) {
    // instances start from the global settings, wherever in the file those stand
    tree.stream().filter(RootKeywords::isGlobal).forEach(global::interpret);
    tree.stream().filter(statement -> !isGlobal(statement)).forEach(this::statement);
    resolveTracks();
    reportSharedIdentities();
    if (instances.isEmpty()) {
      problems.error(
          Place.ofFile(file), "defines no vrrp_instance that can run", "add a vrrp_instance block");
    }
    return new DaemonConfig(
        global.routerId(), List.copyOf(instances.values()), List.copyOf(checks.values()));
  }

  private static boolean isGlobal(Statement statement) {
    return statement.keyword().equals("global_defs");
  }

  private void statement(Statement statement) {
    switch (statement.keyword()) {
      case "vrrp_script" -> check(statement);
      case "vrrp_instance" -> instance(statement);
      default -> other(statement);
    }
  }

  private void other(Statement statement) {
    if (!LVS_BLOCKS.contains(statement.keyword())) {
      values.unknown(statement, "at the top of the file");
    } else if (lvsBlocks++ == 0) {
      problems.warning(
          statement.place(),
          "LVS blocks such as " + statement.keyword() + " are skipped: vipd does not balance load",
          "keep them in a keepalived of their own");
    }
  }

  private void check(Statement statement) {
    Optional<CheckConfig> check = new CheckKeywords(values).interpret(statement);
    if (check.isPresent() && checks.putIfAbsent(check.get().name(), check.get()) != null) {
      problems.warning(
          statement.place(),
          "vrrp_script " + check.get().name() + " is defined twice; the first one is used",
          "rename or delete one");
    }
  }

  private void instance(Statement statement) {
    Optional<InstanceConfig> instance = new InstanceKeywords(values, global).interpret(statement);
    if (instance.isPresent()
        && instances.putIfAbsent(instance.get().name(), instance.get()) != null) {
      problems.error(
          statement.place(),
          "vrrp_instance " + instance.get().name() + " is defined twice",
          "rename or delete one");
    }
  }

  /** Drops references to checks that do not exist; keepalived drops them too, and says less. */
  private void resolveTracks() {
    instances.replaceAll((name, instance) -> withKnownTracks(instance));
  }

  private InstanceConfig withKnownTracks(InstanceConfig instance) {
    List<CheckTrack> known = new ArrayList<>();
    for (CheckTrack track : instance.tracks()) {
      if (checks.containsKey(track.checkName())) {
        known.add(track);
      } else {
        problems.warning(
            instance.place(),
            "vrrp_instance "
                + instance.name()
                + " tracks script '"
                + track.checkName()
                + "', which is not defined; it is ignored",
            "define vrrp_script " + track.checkName());
      }
    }
    return new InstanceConfig(
        instance.name(),
        instance.place(),
        instance.key(),
        instance.version(),
        instance.election(),
        instance.transport(),
        instance.authentication(),
        instance.wire(),
        instance.addresses(),
        known,
        instance.hooks());
  }

  private void reportSharedIdentities() {
    Map<RouterKey, InstanceConfig> seen = new HashMap<>();
    for (InstanceConfig instance : instances.values()) {
      InstanceConfig first = seen.putIfAbsent(instance.key(), instance);
      if (first != null) {
        reportShared(instance, first);
      }
    }
  }

  private void reportShared(InstanceConfig instance, InstanceConfig first) {
    Vrid vrid = instance.key().vrid();
    String family = instance.key().family() == AddressFamily.IPV4 ? "IPv4" : "IPv6";
    problems.error(
        instance.place(),
        "virtual_router_id "
            + vrid.value()
            + " is used twice for "
            + family
            + " on "
            + instance.key().interfaceName()
            + ": by "
            + first.name()
            + " and "
            + instance.name(),
        "give each instance on an interface its own virtual_router_id");
  }
}
