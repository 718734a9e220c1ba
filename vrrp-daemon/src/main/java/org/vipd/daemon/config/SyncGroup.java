package org.vipd.daemon.config;

import java.util.List;
import java.util.stream.Stream;
import org.vipd.daemon.config.global.Settings;
import org.vipd.daemon.config.track.NamedTrack;

/**
 * Instances that change their role together.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param members names of instances, in the order of the file
 * @param checks the health checks that decide about it
 * @param tracks what else decides about it
 * @param hooks its notify scripts
 * @param settings the rest under its keywords: smtp_alert, sync_group_tracking_weight,
 *     notify_priority_changes
 */
public record SyncGroup(
    String name,
    Place place,
    List<String> members,
    List<CheckTrack> checks,
    List<NamedTrack> tracks,
    HookConfig hooks,
    Settings settings) {

  public SyncGroup {
    members = List.copyOf(members);
    checks = List.copyOf(checks);
    tracks = List.copyOf(tracks);
  }

  /**
   * A member that tracks what the group does. What both track counts as the group says, unless the
   * member's entry has no weight: its failure is a fault, whatever the group adds for it. The
   * priority of an address owner cannot move, so what the group tracks is a fault there.
   */
  public InstanceConfig shareWith(InstanceConfig member, TrackWeights weights) {
    List<CheckTrack> ownChecks =
        member.tracks().stream().filter(it -> !isShared(it) || weights.of(it) == 0).toList();
    List<NamedTrack> ownTracks =
        member.extras().tracks().stream()
            .filter(it -> !isShared(it) || weights.of(it) == 0)
            .toList();
    boolean isOwner = member.election().priority().isOwner();
    return member.withTracks(
        joined(
            ownChecks,
            checks.stream()
                .filter(it -> !isCheckAmong(ownChecks, it))
                .map(it -> isOwner ? weights.asFault(it) : it)
                .toList()),
        joined(
            ownTracks,
            tracks.stream()
                .filter(it -> !isAmong(ownTracks, it))
                .map(it -> isOwner ? weights.asFault(it) : it)
                .toList()));
  }

  /** A member without what it tracks exactly as the group does. */
  public InstanceConfig withoutShared(InstanceConfig member) {
    return member.withTracks(
        member.tracks().stream().filter(it -> !checks.contains(it)).toList(),
        member.extras().tracks().stream().filter(it -> !tracks.contains(it)).toList());
  }

  /** Whether weights may move the priority of one member alone. */
  public boolean keepsWeights() {
    return settings.isOn("sync_group_tracking_weight") || settings.isOn("global_tracking");
  }

  /** Whether the group tracks this check, too. */
  public boolean isShared(CheckTrack track) {
    return isCheckAmong(checks, track);
  }

  /** Whether the group tracks the same, too. */
  public boolean isShared(NamedTrack track) {
    return isAmong(tracks, track);
  }

  /** Whether a list of the group has a name. */
  public boolean isTracking(String list, String name) {
    return list.equals("track_script")
        ? checks.stream().anyMatch(it -> it.checkName().equals(name))
        : tracks.stream()
            .anyMatch(it -> it.kind().keyword().equals(list) && it.name().equals(name));
  }

  private static boolean isCheckAmong(List<CheckTrack> all, CheckTrack track) {
    return all.stream().anyMatch(it -> it.checkName().equals(track.checkName()));
  }

  private static boolean isAmong(List<NamedTrack> all, NamedTrack track) {
    return all.stream().anyMatch(it -> it.kind() == track.kind() && it.name().equals(track.name()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The same in another place. */
  public SyncGroup at(Place other) {
    return new SyncGroup(name, other, members, checks, tracks, hooks, settings);
  }
}
