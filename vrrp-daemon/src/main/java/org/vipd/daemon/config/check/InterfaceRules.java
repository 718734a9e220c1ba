package org.vipd.daemon.config.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.network.AnnounceGroup;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.network.StaticAddress;
import org.vipd.daemon.config.network.VirtualInterface;
import org.vipd.daemon.config.track.InterfaceDelay;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/** Rules about interfaces that the host has not. */
final class InterfaceRules {

  private static final String RULE = "V032";
  private static final String LOOPBACK = "lo";

  /** What every host has, and what stays of a vipd.yaml where the host is none of its nodes. */
  private static final Set<String> ANYWHERE = Set.of(LOOPBACK, "auto");

  /** Names that are made of the VRID, with and without a suffix. */
  private static final List<String> MADE = List.of("vrrp.", "vrrp6.");

  private static final int SHOWN = 5;

  private final Node node;
  private final Findings findings;
  private final Map<String, Use> missing = new LinkedHashMap<>();
  private final Set<String> made = new HashSet<>();

  InterfaceRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /**
   * Applies them.
   *
   * @return the node as other rules are to judge it: for another host when it clearly is
   */
  Node apply() {
    node.config().instances().forEach(this::loopback);
    node.config().instances().forEach(this::rememberMade);
    node.config().instances().forEach(this::look);
    lookBeside();
    Set<String> own = new LinkedHashSet<>();
    node.config().instances().forEach(it -> own.add(it.key().interfaceName()));
    own.removeAll(ANYWHERE);
    if (own.size() > 1 && missing.keySet().containsAll(own)) {
      elsewhere(own);
      return node.elsewhere();
    }
    missing.forEach(this::report);
    return node;
  }

  /** Where a missing interface is used first, and by how many instances. */
  private static final class Use {

    private final Supplier<Place> place;
    private final String text;
    private final String effect;
    private int count = 1;

    Use(Supplier<Place> place, String text, String effect) {
      this.place = place;
      this.text = text;
      this.effect = effect;
    }
  }

  private void loopback(InstanceConfig instance) {
    if (instance.key().interfaceName().equals(LOOPBACK)) {
      findings.warning(
          RULE,
          node.place(instance, "interface"),
          instance.name() + " is on lo: nothing that is sent there reaches another node",
          "name the interface that the other nodes are reached by" + others());
    }
  }

  /** Those that keepalived would make, and vipd does not. */
  private void rememberMade(InstanceConfig instance) {
    if (instance.extras().virtualInterface() instanceof VirtualInterface.Macvlan it) {
      it.name().ifPresent(made::add);
    } else if (instance.extras().virtualInterface() instanceof VirtualInterface.Ipvlan it) {
      it.name().ifPresent(made::add);
    }
  }

  private void look(InstanceConfig instance) {
    String name = instance.name();
    String waits = name + " waits in FAULT until it does";
    String own = instance.key().interfaceName();
    use(own, new Use(() -> node.place(instance, "interface"), "of " + name, waits));
    for (VirtualAddressConfig it : instance.addresses()) {
      if (!instance.deviceOf(it).equals(own)) {
        String text = "of " + it.address() + " of " + name;
        use(
            instance.deviceOf(it),
            new Use(() -> node.placeOf(instance, it.address()), text, waits));
      }
    }
    for (NamedTrack it : instance.extras().tracks()) {
      if (it.kind() == TrackKind.INTERFACE && !it.name().equals(own)) {
        use(
            it.name(),
            new Use(
                () -> node.placeIn(instance, it.kind().keyword(), it.name()),
                "that " + name + " tracks",
                "it counts as down"));
      }
    }
    lookEntries(instance.place(), "virtual_routes", instance.extras().routes());
    lookEntries(instance.place(), "virtual_rules", instance.extras().rules());
  }

  private void lookEntries(Place block, String list, List<KernelEntry> entries) {
    for (KernelEntry entry : entries) {
      boolean isRoute = entry.kind() == KernelEntry.Kind.ROUTE;
      String effect =
          isRoute
              ? "the route is not installed until it does"
              : "the rule fits no packet until it does";
      Stream.concat(entry.device().stream(), outgoing(entry).stream())
          .forEach(
              it -> use(it, new Use(() -> find(block, list, it), "in " + node.name(list), effect)));
    }
  }

  private static Optional<String> outgoing(KernelEntry rule) {
    int index = rule.words().indexOf("oif");
    return index >= 0 && index + 1 < rule.words().size()
        ? Optional.of(rule.words().get(index + 1))
        : Optional.empty();
  }

  /** In vipd.yaml the static lists are in a block of their own. */
  private Place find(Place block, String list, String word) {
    Place found = node.places().find(block, list, word);
    return found.line() > 0 ? found : node.places().findIn(block, "static", list);
  }

  /** What is named beside the instances. */
  private void lookBeside() {
    for (AnnounceGroup group : node.config().network().announceGroups()) {
      group.interfaces().forEach(it -> beside(it, "garp_group", "it has no part in the limit"));
    }
    TrackerConfig trackers = node.config().trackers();
    for (InterfaceDelay delay : trackers.delays()) {
      beside(delay.name(), "interface_up_down_delays", "its delay counts when it does");
    }
    for (TrackerConfig.PolledLink link : trackers.polled()) {
      beside(link.name(), "linkbeat_interfaces", "nothing is polled there");
    }
    Place file = Place.ofFile(node.file());
    NetworkConfig network = node.config().network();
    for (StaticAddress it : network.addresses()) {
      String effect = it.address().address() + " is not installed until it does";
      String list = "static_ipaddress";
      it.address()
          .device()
          .ifPresent(
              device ->
                  use(
                      device,
                      new Use(() -> find(file, list, device), "in " + node.name(list), effect)));
    }
    lookEntries(file, "static_routes", network.routes());
    lookEntries(file, "static_rules", network.rules());
  }

  private void beside(String device, String list, String effect) {
    Place file = Place.ofFile(node.file());
    use(
        device,
        new Use(() -> node.places().find(file, list, device), "in " + node.name(list), effect));
  }

  private void use(String device, Use use) {
    if (ANYWHERE.contains(device) || node.host().hasInterface(device)) {
      return;
    }
    Use first = missing.putIfAbsent(device, use);
    if (first != null) {
      first.count++;
    }
  }

  private void report(String device, Use use) {
    String text =
        "interface "
            + device
            + " "
            + use.text
            + " does not exist on this host: "
            + use.effect
            + (isMade(device) ? ", and vipd does not make it for use_vmac or use_ipvlan" : "")
            + (use.count > 1 ? "; it is used in " + (use.count - 1) + " more places" : "");
    Optional<String> similar = Similar.hint(device, node.host().interfaces());
    String hint =
        similar.map(it -> it + " ").orElse("")
            + "check the name"
            + others()
            + "; if the file is for another host, check it there";
    if (node.config().global().startup().allowsMissingInterfaces()) {
      findings.note(RULE, use.place.get(), text, hint);
    } else {
      findings.warning(RULE, use.place.get(), text, hint);
    }
  }

  private boolean isMade(String device) {
    return made.contains(device) || MADE.stream().anyMatch(device::startsWith);
  }

  private String others() {
    List<String> all = node.host().interfaces();
    return all.isEmpty()
        ? ""
        : "; this host has "
            + String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
            + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "");
  }

  private void elsewhere(Set<String> own) {
    List<String> names = List.copyOf(own);
    int shown = Math.min(SHOWN, names.size());
    String text = String.join(", ", names.subList(0, shown));
    findings.note(
        RULE,
        missing.get(names.get(0)).place.get(),
        "none of the interfaces "
            + text
            + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "")
            + " exists on this host: the file is taken for that of another one, and its programs,"
            + " users and addresses are not looked for here",
        "check it on the host that it is for" + others());
  }
}
