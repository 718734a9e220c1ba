package org.vipd.daemon.config.keepalived;

import org.vipd.daemon.config.TrackWeights;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/** Entries whose weight may not count, and which keepalived goes on to track without it. */
final class IdleWeights {

  private static final int USUAL = 1;

  private IdleWeights() {}

  /** Whether an entry is a file with the weight that it has when none is written. */
  static boolean isUsual(NamedTrack track, TrackWeights weights) {
    return track.kind() == TrackKind.FILE && weights.of(track) == USUAL;
  }
}
