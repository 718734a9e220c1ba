package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.InstanceExtras;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/**
 * Gives each member of a group what the group depends on. Without {@code
 * sync_group_tracking_weight} nothing may change the priority of one member alone: weights count as
 * 0, that is as fault, except those of processes, which keepalived leaves alone.
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
    InstanceExtras extras = instance.extras();
    return instance.withTracks(
        checks(instance),
        new InstanceExtras(
            extras.startsAsMaster(),
            extras.isStrict(),
            tracks(instance),
            extras.virtualInterface(),
            extras.routes(),
            extras.rules(),
            extras.settings()));
  }

  private List<CheckTrack> checks(InstanceConfig instance) {
    List<CheckTrack> all = new ArrayList<>();
    for (CheckTrack own : instance.tracks()) {
      if (group.checks().stream().anyMatch(it -> it.checkName().equals(own.checkName()))) {
        reportBoth(instance, "track_script", own.checkName());
      } else {
        all.add(own);
      }
    }
    group.checks().stream().map(this::allowed).forEach(all::add);
    return all;
  }

  private CheckTrack allowed(CheckTrack track) {
    return keepsWeights ? track : new CheckTrack(track.checkName(), FAULT, track.isReversed());
  }

  private List<NamedTrack> tracks(InstanceConfig instance) {
    List<NamedTrack> all = new ArrayList<>();
    for (NamedTrack own : instance.extras().tracks()) {
      if (group.tracks().stream().anyMatch(it -> isSame(it, own))) {
        reportBoth(instance, own.kind().keyword(), own.name());
      } else {
        add(
            all,
            own,
            placeOf(instance.place(), own),
            "vrrp_instance " + instance.name() + " is in a group");
      }
    }
    for (NamedTrack shared : group.tracks()) {
      boolean isFirst = group.members().get(0).equals(instance.name());
      add(
          all,
          shared,
          placeOf(group.place(), shared),
          isFirst ? "vrrp_sync_group " + group.name() + " takes weights away" : "");
    }
    return all;
  }

  /**
   * Adds a track as far as a group allows it.
   *
   * @param owner whose track it is, for a message; empty for none, because it was given already
   */
  private void add(List<NamedTrack> all, NamedTrack track, Place place, String owner) {
    if (keepsWeights
        || track.kind() == TrackKind.PROCESS
        || !Weighted.isWeighted(track, trackers)) {
      all.add(track);
      return;
    }
    boolean isDropped = track.kind() == TrackKind.BFD;
    if (!isDropped) {
      all.add(new NamedTrack(track.kind(), track.name(), FAULT, track.isReversed()));
    }
    if (!owner.isEmpty()) {
      values.warning(
          place,
          owner
              + ", so "
              + track.kind().keyword()
              + " "
              + track.name()
              + (isDropped
                  ? " with its weight is not tracked"
                  : " has no weight there: its failure is a fault"),
          "add sync_group_tracking_weight to the group, or delete the weight");
    }
  }

  private static boolean isSame(NamedTrack one, NamedTrack other) {
    return one.kind() == other.kind() && one.name().equals(other.name());
  }

  private Place placeOf(Place block, NamedTrack track) {
    return places.find(block, track.kind().keyword(), track.name());
  }

  private void reportBoth(InstanceConfig instance, String list, String name) {
    values.warning(
        places.find(instance.place(), list, name),
        instance.name()
            + " and its group "
            + group.name()
            + " both track "
            + (list.equals("track_script") ? "script " : list + " ")
            + name
            + "; the entry of the group counts",
        "delete one");
  }
}
