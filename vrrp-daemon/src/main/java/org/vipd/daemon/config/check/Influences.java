package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/** What changes priorities in a configuration, looked up by name. */
final class Influences {

  private static final Weight NONE = new Weight(0, false);

  private final Map<String, Weight> checks = new HashMap<>();
  private final Map<TrackKind, Map<String, Weight>> trackers = new HashMap<>();

  Influences(DaemonConfig config) {
    for (CheckConfig check : config.checks()) {
      checks.putIfAbsent(check.name(), new Weight(check.weight(), check.isReversed()));
    }
    TrackerConfig others = config.trackers();
    others.files().forEach(it -> add(TrackKind.FILE, it.name(), it.weight(), it.isReversed()));
    others
        .processes()
        .forEach(it -> add(TrackKind.PROCESS, it.name(), it.weight(), it.isReversed()));
    others.sessions().forEach(it -> add(TrackKind.BFD, it.name(), it.weight(), it.isReversed()));
  }

  /** A weight as it is defined. */
  private record Weight(int value, boolean isReversed) {}

  private void add(TrackKind kind, String name, int weight, boolean isReversed) {
    trackers
        .computeIfAbsent(kind, it -> new HashMap<>())
        .putIfAbsent(name, new Weight(weight, isReversed));
  }

  /** Of an instance; what has no weight gives the role up instead, and is not among them. */
  List<Influence> of(InstanceConfig instance) {
    List<Influence> all = new ArrayList<>();
    instance.tracks().forEach(track -> all.add(of(track)));
    instance.extras().tracks().forEach(track -> all.add(of(track)));
    all.removeIf(it -> it.weight() == 0);
    return all;
  }

  private Influence of(CheckTrack track) {
    Weight own = checks.getOrDefault(track.checkName(), NONE);
    int weight = track.weight().orElse(own.value());
    boolean isReversed =
        track.weight().isPresent() ? track.isReversed() : own.isReversed() ^ track.isReversed();
    return new Influence(
        "track_script",
        track.checkName(),
        new Influence.Effect(track.checkName(), weight, isReversed, false));
  }

  private Influence of(NamedTrack track) {
    Weight own = trackers.getOrDefault(track.kind(), Map.of()).getOrDefault(track.name(), NONE);
    String label = track.kind().keyword().substring("track_".length()) + " " + track.name();
    return new Influence(
        track.kind().keyword(),
        track.name(),
        new Influence.Effect(
            label,
            track.weight().orElse(own.value()),
            track.weight().isPresent() ? track.isReversed() : own.isReversed() ^ track.isReversed(),
            track.kind() == TrackKind.FILE));
  }
}
