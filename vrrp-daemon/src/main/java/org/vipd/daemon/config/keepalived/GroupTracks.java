package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/**
 * Gives each member of a group what the group depends on, with its weights: they move all members
 * alike. Without {@code sync_group_tracking_weight} nothing may change the priority of one member
 * alone: files and sessions that a member tracks with a weight are left out, and interfaces count
 * as fault; processes keepalived leaves alone.
 */
final class GroupTracks {

  private static final OptionalInt FAULT = OptionalInt.of(0);

  private final Values values;
  private final SyncGroup group;
  private final TrackerConfig trackers;
  private final TreePlaces places;
  private final boolean keepsWeights;

  GroupTracks(Values values, SyncGroup group, Around around) {
    this.values = values;
    this.group = group;
    this.trackers = around.trackers();
    this.places = around.places();
    this.keepsWeights =
        group.settings().isOn("sync_group_tracking_weight")
            || group.settings().isOn("global_tracking");
  }

  /**
   * What is around a group.
   *
   * @param trackers what can be tracked
   * @param places where things stand
   */
  record Around(TrackerConfig trackers, TreePlaces places) {}

  InstanceConfig applyTo(InstanceConfig instance) {
    instance.tracks().stream()
        .filter(group::isShared)
        .forEach(it -> reportBoth(instance, "track_script", it.checkName()));
    List<NamedTrack> kept = new ArrayList<>();
    for (NamedTrack own : instance.extras().tracks()) {
      if (group.isShared(own)) {
        reportBoth(instance, own.kind().keyword(), own.name());
      } else {
        ofMember(instance, own).ifPresent(kept::add);
      }
    }
    return group.shareWith(instance.withTracks(instance.tracks(), kept));
  }

  /** A track of a member's own as far as the group allows it. */
  private Optional<NamedTrack> ofMember(InstanceConfig instance, NamedTrack track) {
    if (keepsWeights
        || track.kind() == TrackKind.PROCESS
        || !Weighted.isWeighted(track, trackers)) {
      return Optional.of(track);
    }
    boolean isFault = track.kind() == TrackKind.INTERFACE;
    values.leftOut(
        track.kind().keyword(),
        places.find(instance.place(), track.kind().keyword(), track.name()),
        "vrrp_instance "
            + instance.name()
            + " is in a group, so "
            + track.kind().keyword()
            + " "
            + track.name()
            + (isFault
                ? " has no weight there: its failure is a fault"
                : " with its weight is not tracked"),
        "let the group track it, or add sync_group_tracking_weight to the group");
    return isFault
        ? Optional.of(new NamedTrack(track.kind(), track.name(), FAULT, track.isReversed()))
        : Optional.empty();
  }

  private void reportBoth(InstanceConfig instance, String list, String name) {
    values.warning(
        places.find(instance.place(), list, name),
        instance.name()
            + " and its group "
            + group.name()
            + " both track "
            + list.substring("track_".length())
            + " "
            + name
            + "; the entry of the group counts",
        "delete one");
  }
}
