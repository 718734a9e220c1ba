package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.TrackWeights;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/**
 * Gives each member of a group what the group depends on, with its weights: they move all members
 * alike. Without {@code sync_group_tracking_weight} nothing may change the priority of one member
 * alone: files and sessions that a member tracks with a weight are left out, and interfaces count
 * as fault; processes keepalived leaves alone.
 */
final class GroupTracks {

  private final Values values;
  private final SyncGroup group;
  private final TrackWeights weights;
  private final TreePlaces places;

  GroupTracks(Values values, SyncGroup group, Around around) {
    this.values = values;
    this.group = group;
    this.weights = around.weights();
    this.places = around.places();
  }

  /**
   * What is around a group.
   *
   * @param weights what tracks add to the priority
   * @param places where things stand
   */
  record Around(TrackWeights weights, TreePlaces places) {}

  InstanceConfig applyTo(InstanceConfig instance) {
    instance.tracks().stream()
        .filter(group::isShared)
        .forEach(it -> reportBoth(instance, "track_script", it.checkName(), weights.of(it) == 0));
    List<NamedTrack> kept = new ArrayList<>();
    for (NamedTrack written : instance.extras().tracks()) {
      NamedTrack own =
          IdleWeights.isUsual(written, weights) && !group.keepsWeights()
              ? weights.asFault(written)
              : written;
      if (group.isShared(own)) {
        kept.add(own);
        reportBoth(instance, own.kind().keyword(), own.name(), weights.of(own) == 0);
      } else if (own.equals(written)) {
        ofMember(instance, own).ifPresent(kept::add);
      } else {
        kept.add(own);
        reportFault(instance, own);
      }
    }
    if (instance.election().priority().isOwner()) {
      reportOwner(instance);
    }
    return group.shareWith(instance.withTracks(instance.tracks(), kept), weights);
  }

  private void reportOwner(InstanceConfig instance) {
    group.checks().stream()
        .filter(it -> weights.of(it) != 0)
        .forEach(it -> reportOwner(instance, "track_script", it.checkName()));
    group.tracks().stream()
        .filter(it -> weights.of(it) != 0)
        .forEach(it -> reportOwner(instance, it.kind().keyword(), it.name()));
  }

  private void reportOwner(InstanceConfig instance, String list, String name) {
    values.leftOut(
        list,
        places.find(group.place(), list, name),
        "vrrp_instance "
            + instance.name()
            + " is the address owner, so "
            + list
            + " "
            + name
            + " of its group "
            + group.name()
            + " has no weight there: "
            + (list.equals(TrackKind.FILE.keyword())
                ? "any number but 0 is a fault"
                : "its failure is a fault"),
        "use a priority below 255");
  }

  /** A track of a member's own as far as the group allows it. */
  private Optional<NamedTrack> ofMember(InstanceConfig instance, NamedTrack track) {
    if (group.keepsWeights() || track.kind() == TrackKind.PROCESS || weights.of(track) == 0) {
      return Optional.of(track);
    }
    if (track.kind() == TrackKind.INTERFACE) {
      reportFault(instance, track);
      return Optional.of(weights.asFault(track));
    }
    report(instance, track, " with its weight is not tracked");
    return Optional.empty();
  }

  private void reportFault(InstanceConfig instance, NamedTrack track) {
    report(
        instance,
        track,
        track.kind() == TrackKind.FILE
            ? " has no weight there: any number but 0 is a fault"
            : " has no weight there: its failure is a fault");
  }

  private void report(InstanceConfig instance, NamedTrack track, String what) {
    values.leftOut(
        track.kind().keyword(),
        places.find(instance.place(), track.kind().keyword(), track.name()),
        "vrrp_instance "
            + instance.name()
            + " is in a group, so "
            + track.kind().keyword()
            + " "
            + track.name()
            + what,
        "let the group track it, or add sync_group_tracking_weight to the group");
  }

  private void reportBoth(InstanceConfig instance, String list, String name, boolean isFault) {
    values.warning(
        places.find(instance.place(), list, name),
        instance.name()
            + " and its group "
            + group.name()
            + " both track "
            + list.substring("track_".length())
            + " "
            + name
            + (isFault
                ? "; the entry of " + instance.name() + " counts, for it has no weight"
                : "; the entry of the group counts"),
        "delete one");
  }
}
