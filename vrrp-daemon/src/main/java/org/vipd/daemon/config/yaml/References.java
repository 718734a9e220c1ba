package org.vipd.daemon.config.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.TrackWeights;
import org.vipd.daemon.config.network.TrackGroup;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.text.YamlPlaces;
import org.vipd.protocol.value.RouterKey;

/** Checks names between sections, and what must not be shared. */
final class References {

  private final DaemonConfig config;
  private final YamlPlaces places;
  private final boolean isWhole;
  private final Reports reports;

  /**
   * References between what files define.
   *
   * @param config what can be used of them
   * @param places all that is written, also what cannot be used
   * @param isWhole whether every file that was asked for could be read
   */
  References(DaemonConfig config, YamlPlaces places, boolean isWhole, Reports reports) {
    this.config = config;
    this.places = places;
    this.isWhole = isWhole;
    this.reports = reports;
  }

  void check() {
    for (InstanceConfig instance : config.instances()) {
      tracked(instance.place(), instance.tracks(), instance.extras().tracks());
      idleWeights(instance);
      config.groupOf(instance.name()).ifPresent(group -> trackedTwice(group, instance));
      config.groupOf(instance.name()).ifPresent(group -> weightsOfOwner(group, instance));
    }
    Set<String> names = new HashSet<>();
    Set<String> grouped = new HashSet<>();
    for (SyncGroup group : config.groups()) {
      if (!names.add(group.name())) {
        reports.error(
            group.place(),
            "group " + group.name() + " has the name of another one, or of a vip with two families",
            "rename it");
      }
      if (group.members().isEmpty()) {
        reports.warning(
            group.place(),
            "group " + group.name() + " has no members, so it does nothing",
            "list vips under members, or delete it");
      }
      tracked(group.place(), group.checks(), group.tracks());
      members(group.place(), group.members());
      group.members().stream()
          .filter(member -> !grouped.add(member))
          .forEach(member -> twice(group, member));
    }
    for (TrackGroup group : config.network().trackGroups()) {
      if (group.members().isEmpty()) {
        reports.warning(
            group.place(),
            "track group " + group.name() + " has no members, so it ties nothing to anything",
            "list vips under members, or delete it");
      }
      members(group.place(), group.members());
    }
    sharedNames();
    sharedIdentities();
  }

  private void trackedTwice(SyncGroup group, InstanceConfig member) {
    TrackWeights weights = new TrackWeights(config.checks(), config.trackers());
    member.tracks().stream()
        .filter(group::isShared)
        .forEach(it -> trackedTwice(group, member, it.checkName(), weights.of(it)));
    member.extras().tracks().stream()
        .filter(group::isShared)
        .forEach(it -> trackedTwice(group, member, it.name(), weights.of(it)));
  }

  private void trackedTwice(SyncGroup group, InstanceConfig member, String name, int weight) {
    reports.warning(
        places.find(member.place(), name),
        member.name()
            + " and its group "
            + group.name()
            + " both track "
            + name
            + (weight == 0
                ? "; the entry of " + member.name() + " counts, for it has no weight"
                : "; the entry of the group counts"),
        "delete one");
  }

  private void weightsOfOwner(SyncGroup group, InstanceConfig member) {
    if (!member.election().priority().isOwner()) {
      return;
    }
    TrackWeights weights = new TrackWeights(config.checks(), config.trackers());
    Stream.concat(
            group.checks().stream().filter(it -> weights.of(it) != 0).map(CheckTrack::checkName),
            group.tracks().stream().filter(it -> weights.of(it) != 0).map(NamedTrack::name))
        .forEach(
            name ->
                reports.warning(
                    places.find(group.place(), name),
                    "the weight of "
                        + name
                        + " in group "
                        + group.name()
                        + " does not count for "
                        + member.name()
                        + ", the address owner: its failure is a fault",
                    "use a priority below 255"));
  }

  private void twice(SyncGroup group, String member) {
    boolean isOwn = group.members().stream().filter(member::equals).count() > 1;
    reports.error(
        places.find(group.place(), "group", member),
        isOwn
            ? "group " + group.name() + " lists " + member + " twice"
            : member + " is in another group already",
        isOwn ? "delete one" : "list it in one group; one with two families is a group of itself");
  }

  private void tracked(Place owner, List<CheckTrack> checks, List<NamedTrack> tracks) {
    Set<String> known = config.checks().stream().map(CheckConfig::name).collect(Collectors.toSet());
    for (CheckTrack check : checks) {
      if (!known.contains(check.checkName())) {
        Place place = places.find(owner, "track_script", check.checkName());
        missing(place, new Wanted("check", "checks", check.checkName()), known);
      }
    }
    for (NamedTrack track : tracks) {
      if (!config.trackers().defines(track.kind(), track.name())) {
        String kind = track.kind().keyword().substring("track_".length());
        Wanted wanted = new Wanted(kind, section(track.kind()), track.name());
        Place place = places.find(owner, track.kind().keyword(), track.name());
        missing(place, wanted, places.names(wanted.section));
      }
    }
  }

  private static String section(TrackKind kind) {
    return switch (kind) {
      case INTERFACE -> "";
      case FILE -> "files";
      case PROCESS -> "processes";
      case BFD -> "bfd";
    };
  }

  /**
   * What is referred to.
   *
   * @param kind what it is, for messages
   * @param section the key under which such are defined
   * @param name its name
   */
  private record Wanted(String kind, String section, String name) {}

  private void members(Place owner, List<String> members) {
    Set<String> known =
        config.instances().stream().map(InstanceConfig::name).collect(Collectors.toSet());
    members.stream()
        .filter(member -> !known.contains(member))
        .forEach(member -> noMember(places.find(owner, "group", member), member, known));
  }

  private void noMember(Place place, String name, Set<String> known) {
    if (known.contains(name + "-v4") && known.contains(name + "-v6")) {
      reports.error(
          place,
          "vip '" + name + "' has two families and is a group of its own, which no other can hold",
          "make two vips of it, one for each family, and list both");
    } else {
      missing(place, new Wanted("vip", "vips", name), known);
    }
  }

  private void missing(Place place, Wanted wanted, Set<String> known) {
    boolean isWritten = places.names(wanted.section).contains(wanted.name);
    boolean isHidden = !isWhole || places.isNameless(wanted.section);
    if ((isWritten || isHidden) && reports.hasErrors()) {
      // what is wrong with it was said where it is defined, or where it may be
      return;
    }
    reports.error(
        place,
        wanted.kind
            + " '"
            + wanted.name
            + (isWritten ? "' cannot be used as it is defined" : "' is not defined"),
        isWritten
            ? "mend " + wanted.section + "." + wanted.name + " first"
            : Similar.hint(wanted.name, known)
                .orElse("define it under " + wanted.section + ", or check the name"));
  }

  /** What keepalived leaves out without a word. */
  private void idleWeights(InstanceConfig instance) {
    boolean isOwner = instance.election().priority().isOwner();
    Optional<SyncGroup> group = config.groupOf(instance.name()).filter(it -> !it.keepsWeights());
    if (!isOwner && group.isEmpty()) {
      return;
    }
    for (CheckTrack track : instance.tracks()) {
      int own = config.check(track.checkName()).map(CheckConfig::weight).orElse(0);
      if (track.weight().orElse(own) != 0) {
        reports.error(
            places.find(instance.place(), "track_script", track.checkName()),
            "the weight of "
                + track.checkName()
                + " cannot count: "
                + instance.name()
                + (isOwner ? " is the address owner" : " is in group " + group.get().name()),
            isOwner
                ? "use a priority below 255"
                : "add sync-group-tracking-weight: true to the options of the group");
      }
    }
  }

  private void sharedNames() {
    Set<String> names = new HashSet<>();
    for (InstanceConfig instance : config.instances()) {
      if (!names.add(instance.name())) {
        reports.error(
            instance.place(),
            instance.name() + " is the name of two virtual routers",
            "a vip with two families takes NAME-v4 and NAME-v6; rename one");
      }
    }
  }

  private void sharedIdentities() {
    Map<RouterKey, InstanceConfig> seen = new HashMap<>();
    for (InstanceConfig instance : config.instances()) {
      InstanceConfig first = seen.putIfAbsent(instance.key(), instance);
      if (first != null) {
        reports.error(
            places.find(instance.place(), "vrid"),
            "vrid "
                + instance.key().vrid().value()
                + " is used twice on "
                + instance.key().interfaceName()
                + ": by "
                + first.name()
                + " and "
                + instance.name(),
            "give each virtual router on an interface its own vrid");
      }
    }
  }
}
