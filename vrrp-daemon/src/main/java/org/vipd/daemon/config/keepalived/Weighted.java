package org.vipd.daemon.config.keepalived;

import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackerConfig;

/** Whether a track changes the priority: by a weight of its own, or by that of its tracker. */
final class Weighted {

  private Weighted() {}

  static boolean isWeighted(NamedTrack track, TrackerConfig trackers) {
    if (track.weight().isPresent()) {
      return track.weight().getAsInt() != 0;
    }
    return switch (track.kind()) {
      case FILE ->
          trackers.files().stream()
              .anyMatch(it -> it.name().equals(track.name()) && it.weight() != 0);
      case BFD ->
          trackers.sessions().stream()
              .anyMatch(it -> it.name().equals(track.name()) && it.weight() != 0);
      case INTERFACE, PROCESS -> false;
    };
  }
}
