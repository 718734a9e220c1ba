package org.vipd.daemon.config.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackKind;

/**
 * Finds checks and trackers that nothing depends on. A BFD session is useful to its other end, so
 * it is not among them.
 */
final class UnusedRules {

  /** Keywords without which nothing depends on a check. */
  private static final Set<String> USERS =
      Set.of("track_script", "track_process", "track_file", "vrrp_instance", "vrrp_sync_group");

  private final Node node;
  private final Findings findings;
  private final Set<String> used = new HashSet<>();

  UnusedRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    if (node.isLeftOut(USERS)) {
      return;
    }
    DaemonConfig config = node.config();
    for (InstanceConfig it : config.instances()) {
      use(it.tracks(), it.extras().tracks());
    }
    for (SyncGroup it : config.groups()) {
      use(it.checks(), it.tracks());
    }
    for (CheckConfig it : config.checks()) {
      look("check", it.name(), it.place());
    }
    for (FileTracker it : config.trackers().files()) {
      look(word(TrackKind.FILE), it.name(), it.place());
    }
    for (ProcessTracker it : config.trackers().processes()) {
      look(word(TrackKind.PROCESS), it.name(), it.place());
    }
  }

  private void use(List<CheckTrack> checks, List<NamedTrack> tracks) {
    checks.forEach(it -> used.add("check " + it.checkName()));
    tracks.forEach(it -> used.add(word(it.kind()) + " " + it.name()));
  }

  private static String word(TrackKind kind) {
    return kind.keyword().substring("track_".length());
  }

  private void look(String kind, String name, Place place) {
    if (!used.contains(kind + " " + name)) {
      findings.note(
          "V034",
          place,
          kind + " " + name + " counts for no virtual router, so it changes nothing",
          node.wording(
              "name it in "
                  + (kind.equals("check") ? "track_script" : "track_" + kind)
                  + ", or delete it",
              "name it in "
                  + (kind.equals("check") ? "checks" : "track")
                  + " of a vip, or delete it"));
    }
  }
}
