package org.vipd.daemon.port;

import java.util.List;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.status.SessionStatus;

/** Watches files, processes and BFD sessions; readings come back as events. */
public interface TrackerPort {

  /** Replaces what is watched. A tracker whose definition is unchanged goes on as it is. */
  void replaceTrackers(TrackerConfig trackers);

  /** How often a file was found to hold something else than a number that fits. */
  default long unusableFiles() {
    return 0;
  }

  /** The BFD sessions that are watched, for status. */
  default List<SessionStatus> sessions() {
    return List.of();
  }
}
