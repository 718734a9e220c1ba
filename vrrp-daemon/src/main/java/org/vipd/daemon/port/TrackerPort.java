package org.vipd.daemon.port;

import org.vipd.daemon.config.track.TrackerConfig;

/** Watches files, processes and BFD sessions; readings come back as events. */
public interface TrackerPort {

  /** Replaces what is watched. A tracker whose definition is unchanged goes on as it is. */
  void replaceTrackers(TrackerConfig trackers);
}
