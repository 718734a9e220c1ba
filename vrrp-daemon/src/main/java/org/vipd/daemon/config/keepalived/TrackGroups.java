package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.network.KernelEntry;
import org.vipd.daemon.config.network.NetworkConfig;
import org.vipd.daemon.config.network.StaticAddress;
import org.vipd.daemon.config.network.TrackGroup;

/**
 * Resolves the names between static entries, {@code track_group} and instances. What names nothing
 * is left out.
 */
final class TrackGroups {

  private static final String KEYWORD = "track_group";

  private final Values values;
  private final List<Statement> tree;
  private final TreePlaces places;

  TrackGroups(Values values, List<Statement> tree, TreePlaces places) {
    this.values = values;
    this.tree = tree;
    this.places = places;
  }

  /** The same with names that mean something. */
  NetworkConfig resolved(NetworkConfig read, Set<String> instances) {
    List<TrackGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (TrackGroup group : read.trackGroups()) {
      if (names.add(group.name())) {
        groups.add(resolved(group, instances));
      } else {
        values.warning(
            group.place(),
            "track_group " + group.name() + " is defined twice; the first one is used",
            "rename or delete one");
      }
    }
    reportUnknown(names);
    return new NetworkConfig(
        read.addresses().stream().map(it -> tied(it, names)).toList(),
        read.routes().stream().map(it -> tied(it, names)).toList(),
        read.rules().stream().map(it -> tied(it, names)).toList(),
        groups,
        read.announceGroups());
  }

  private TrackGroup resolved(TrackGroup group, Set<String> instances) {
    Set<String> members = new LinkedHashSet<>(group.members());
    if (members.isEmpty()) {
      values.warning(
          group.place(),
          "track_group " + group.name() + " has no members, so it ties nothing to anything",
          "list instances: group { NAME NAME }, or delete it");
    }
    for (String member : group.members()) {
      if (instances.contains(member)) {
        continue;
      }
      members.remove(member);
      if (!places.defines("vrrp_instance", member)) {
        values.warning(
            places.find(group.place(), "group", member),
            "track_group "
                + group.name()
                + " lists "
                + member
                + ", which is no instance; it is left out",
            Similar.hint(member, instances).orElse("define vrrp_instance " + member));
      }
    }
    return new TrackGroup(group.name(), group.place(), List.copyOf(members));
  }

  /** Static entries that name a group which does not exist, or not above them. */
  private void reportUnknown(Set<String> names) {
    for (Statement block : tree) {
      if (!block.keyword().startsWith("static_")) {
        continue;
      }
      for (Statement entry : block.children()) {
        named(entry).ifPresent(name -> report(block, name, names));
      }
    }
  }

  private static Optional<Word> named(Statement entry) {
    List<Word> words = entry.words();
    List<String> texts = words.stream().map(Word::text).toList();
    int index = texts.lastIndexOf(KEYWORD);
    return index < 0 || index + 1 >= words.size()
        ? Optional.empty()
        : Optional.of(words.get(index + 1));
  }

  private void report(Statement block, Word name, Set<String> names) {
    if (!names.contains(name.text())) {
      values.warning(
          name.place(),
          "track_group " + Values.quoted(name) + " is not defined; the entry is tied to nothing",
          Similar.hint(name.text(), names).orElse("define track_group " + name.text()));
      return;
    }
    Optional<Statement> group =
        tree.stream()
            .filter(it -> it.keyword().equals(KEYWORD))
            .filter(it -> it.argument(0).filter(its -> its.text().equals(name.text())).isPresent())
            .findFirst();
    if (group.filter(it -> places.isBehind(it.place(), block.place())).isPresent()) {
      values.finding(
          "V016",
          name.place(),
          "an entry of "
              + block.keyword()
              + " names track_group "
              + name.text()
              + ", which is defined below it; keepalived would ignore that",
          "move track_group " + name.text() + " above it");
    }
  }

  private static StaticAddress tied(StaticAddress address, Set<String> names) {
    return address.trackGroup().filter(it -> !names.contains(it)).isPresent()
        ? new StaticAddress(address.address().withoutTrackGroup(), Optional.empty())
        : address;
  }

  private static KernelEntry tied(KernelEntry entry, Set<String> names) {
    return entry.trackGroup().filter(it -> !names.contains(it)).isPresent()
        ? entry.withoutTrackGroup()
        : entry;
  }
}
