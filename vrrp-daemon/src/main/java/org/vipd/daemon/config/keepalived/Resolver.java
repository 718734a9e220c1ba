package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Similar;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.TrackWeights;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.RouterKey;

/** Checks names between blocks, and what must not be shared. References to nothing are dropped. */
final class Resolver {

  private static final String SCRIPTS = "track_script";
  private static final String SCRIPT = "script";
  private static final String INSTANCE = "vrrp_instance";

  private final Values values;
  private final Map<String, CheckConfig> checks;
  private final TrackerConfig trackers;
  private final TrackWeights weights;
  private final TreePlaces places;

  Resolver(
      Values values, Map<String, CheckConfig> checks, TrackerConfig trackers, TreePlaces places) {
    this.values = values;
    this.checks = checks;
    this.trackers = trackers;
    this.weights = new TrackWeights(List.copyOf(checks.values()), trackers);
    this.places = places;
  }

  InstanceConfig instance(InstanceConfig instance) {
    String owner = "vrrp_instance " + instance.name();
    return instance.withTracks(
        checks(owner, instance.place(), instance.tracks()),
        tracks(owner, instance.place(), instance.extras().tracks()));
  }

  /**
   * Instances whose trackers may not change their priority, as in keepalived: the address owner and
   * members of a group that does not ask for it.
   */
  InstanceConfig withoutIdleWeights(InstanceConfig instance, List<SyncGroup> groups) {
    boolean isOwner = instance.election().priority().isOwner();
    boolean isGrouped =
        groups.stream()
            .filter(group -> !group.keepsWeights())
            .anyMatch(group -> group.members().contains(instance.name()));
    if (!isOwner && !isGrouped) {
      return instance;
    }
    List<CheckTrack> kept = new ArrayList<>();
    for (CheckTrack track : instance.tracks()) {
      if (weights.of(track) == 0) {
        kept.add(track);
      } else {
        values.leftOut(
            SCRIPTS,
            places.find(instance.place(), SCRIPTS, track.checkName()),
            "vrrp_instance "
                + instance.name()
                + (isOwner ? " is the address owner" : " is in a group")
                + ", so script "
                + track.checkName()
                + " with its weight is not tracked",
            isOwner ? "use a priority below 255" : "add sync_group_tracking_weight to the group");
      }
    }
    return isOwner
        ? new OwnerTracks(values, weights, places)
            .without(instance.withTracks(kept, instance.extras().tracks()))
        : instance.withTracks(kept, instance.extras().tracks());
  }

  /** An instance with what its group depends on, and without weights that its group forbids. */
  InstanceConfig grouped(InstanceConfig instance, List<SyncGroup> groups) {
    return groups.stream()
        .filter(group -> group.members().contains(instance.name()))
        .findFirst()
        .map(
            group ->
                new GroupTracks(values, group, new GroupTracks.Around(weights, places))
                    .applyTo(instance))
        .orElse(instance);
  }

  /** The groups with members that exist and are in one group only. */
  List<SyncGroup> groups(List<SyncGroup> groups, Set<String> instances) {
    List<SyncGroup> kept = new ArrayList<>();
    Set<String> grouped = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (SyncGroup group : groups) {
      if (!names.add(group.name())) {
        values.warning(
            group.place(),
            "vrrp_sync_group " + group.name() + " is defined twice; the first one is used",
            "rename or delete one");
        continue;
      }
      List<String> members = members(group, instances, grouped);
      if (members.size() == 1 && group.members().size() == 1) {
        values.warning(
            group.place(), "vrrp_sync_group " + group.name() + " has only one member", "");
      }
      if (!members.isEmpty()) {
        kept.add(resolved(group, members));
      }
    }
    return kept;
  }

  private SyncGroup resolved(SyncGroup group, List<String> members) {
    String owner = "vrrp_sync_group " + group.name();
    return new SyncGroup(
        group.name(),
        group.place(),
        members,
        checks(owner, group.place(), group.checks()),
        tracks(owner, group.place(), group.tracks()),
        group.hooks(),
        group.settings());
  }

  private List<String> members(SyncGroup group, Set<String> instances, Set<String> grouped) {
    List<String> members = new ArrayList<>();
    for (String member : group.members()) {
      if (isSaid(INSTANCE, member) && !instances.contains(member)) {
        continue;
      }
      if (!instances.contains(member)) {
        values.warning(
            places.find(group.place(), "group", member),
            "vrrp_sync_group " + group.name() + " lists " + member + ", which is no instance",
            Similar.hint(member, instances).orElse("define vrrp_instance " + member));
      } else if (!grouped.add(member)) {
        values.warning(
            places.find(group.place(), "group", member),
            "instance "
                + member
                + " is in a group already; vrrp_sync_group "
                + group.name()
                + " goes without it",
            "list it in one group");
      } else {
        members.add(member);
      }
    }
    return members;
  }

  /** Whether something is defined that cannot be used, or misspelt: that was said there. */
  private boolean isSaid(String definition, String name) {
    return places.defines(definition, name) || places.isMisspelt(definition, name);
  }

  private List<CheckTrack> checks(String owner, Place block, List<CheckTrack> tracks) {
    List<CheckTrack> known = new ArrayList<>();
    for (CheckTrack track : tracks) {
      Place place = places.find(block, SCRIPTS, track.checkName());
      if (checks.containsKey(track.checkName())) {
        known.add(
            isTurned(track.weight(), weights.isReversed(track.checkName()))
                    && !isPlain(block, SCRIPTS, track.checkName())
                ? new CheckTrack(track.checkName(), track.weight(), true)
                : track);
        String definition = "vrrp_script " + track.checkName();
        String what = "script " + track.checkName();
        Use use = new Use(owner + " tracks " + what, place, block);
        reportOrder(use, checks.get(track.checkName()).place(), definition);
      } else {
        reportMissing(owner, place, SCRIPT, track.checkName());
      }
    }
    return known;
  }

  /**
   * That a block depends on something.
   *
   * @param text the same in words
   * @param place where it says so
   * @param block where the block begins
   */
  private record Use(String text, Place place, Place block) {}

  private void reportOrder(Use use, Place defined, String definition) {
    if (!places.isBehind(defined, use.block)) {
      return;
    }
    boolean isElsewhere = !defined.file().equals(use.block.file());
    values.finding(
        "V016",
        use.place,
        use.text
            + ", which is defined below it"
            + (isElsewhere ? ", at " + defined : "")
            + "; keepalived would ignore that",
        isElsewhere
            ? "include " + Place.ofFile(defined.file()) + " above it"
            : "move " + definition + " above it");
  }

  private List<NamedTrack> tracks(String owner, Place block, List<NamedTrack> tracks) {
    List<NamedTrack> known = new ArrayList<>();
    for (NamedTrack track : tracks) {
      String kind = track.kind().keyword().substring("track_".length());
      Place place = places.find(block, track.kind().keyword(), track.name());
      if (trackers.defines(track.kind(), track.name())) {
        known.add(
            isTurned(track.weight(), weights.isReversed(track))
                    && !isPlain(block, track.kind().keyword(), track.name())
                ? new NamedTrack(track.kind(), track.name(), track.weight(), true)
                : track);
        Use use = new Use(owner + " tracks " + kind + " " + track.name(), place, block);
        String definition = definition(kind) + " " + track.name();
        trackers
            .place(track.kind(), track.name())
            .ifPresent(defined -> reportOrder(use, defined, definition));
      } else {
        reportMissing(owner, place, kind, track.name());
      }
    }
    return known;
  }

  /** A weight of an entry's own is turned round as the definition says, unless it says more. */
  private static boolean isTurned(OptionalInt weight, boolean isReversed) {
    return weight.isPresent() && isReversed;
  }

  private boolean isPlain(Place block, String list, String name) {
    return places.says(block, list, name, "noreverse");
  }

  private static String definition(String kind) {
    return switch (kind) {
      case SCRIPT -> "vrrp_script";
      case "file" -> "track_file";
      case "process" -> "vrrp_track_process";
      default -> "bfd_instance";
    };
  }

  private void reportMissing(String owner, Place place, String kind, String name) {
    if (isSaid(definition(kind), name)) {
      return;
    }
    values.warning(
        place,
        owner + " tracks " + kind + " '" + name + "', which is not defined; it is ignored",
        Similar.hint(name, names(kind))
            .orElse(
                kind.equals(SCRIPT)
                    ? "define vrrp_script " + name
                    : "define it, or check the name"));
  }

  private List<String> names(String kind) {
    return switch (kind) {
      case SCRIPT -> List.copyOf(checks.keySet());
      case "file" -> trackers.files().stream().map(FileTracker::name).toList();
      case "process" -> trackers.processes().stream().map(ProcessTracker::name).toList();
      default -> trackers.sessions().stream().map(BfdInstance::name).toList();
    };
  }

  /** Reports instances that would be the same router on the LAN. */
  void reportSharedIdentities(Iterable<InstanceConfig> instances) {
    Map<RouterKey, InstanceConfig> seen = new HashMap<>();
    for (InstanceConfig instance : instances) {
      InstanceConfig first = seen.putIfAbsent(instance.key(), instance);
      if (first != null) {
        String family = instance.key().family() == AddressFamily.IPV4 ? "IPv4" : "IPv6";
        values.error(
            places.find(instance.place(), "virtual_router_id"),
            "virtual_router_id "
                + instance.key().vrid().value()
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
  }
}
