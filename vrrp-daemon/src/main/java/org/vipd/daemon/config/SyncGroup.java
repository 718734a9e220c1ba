package org.vipd.daemon.config;

import java.util.List;
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

  /** The same in another place. */
  public SyncGroup at(Place other) {
    return new SyncGroup(name, other, members, checks, tracks, hooks, settings);
  }
}
