package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.TrackWeights;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/**
 * Takes from the owner of the addresses what would change its priority, which stays 255; processes
 * are left alone, as keepalived does.
 */
final class OwnerTracks {

  private final Values values;
  private final TrackWeights weights;
  private final TreePlaces places;

  OwnerTracks(Values values, TrackWeights weights, TreePlaces places) {
    this.values = values;
    this.weights = weights;
    this.places = places;
  }

  InstanceConfig without(InstanceConfig instance) {
    List<NamedTrack> kept = new ArrayList<>();
    for (NamedTrack track : instance.extras().tracks()) {
      if (track.kind() == TrackKind.PROCESS || weights.of(track) == 0) {
        kept.add(track);
        continue;
      }
      boolean isFault = IdleWeights.isUsual(track, weights);
      if (isFault) {
        kept.add(weights.asFault(track));
      }
      values.leftOut(
          track.kind().keyword(),
          places.find(instance.place(), track.kind().keyword(), track.name()),
          "vrrp_instance "
              + instance.name()
              + " is the address owner, so "
              + track.kind().keyword()
              + " "
              + track.name()
              + (isFault
                  ? " has no weight there: any number but 0 is a fault"
                  : " with its weight is not tracked"),
          "use a priority below 255");
    }
    return instance.withTracks(instance.tracks(), kept);
  }
}
