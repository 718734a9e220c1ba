package org.vipd.daemon.config.network;

import java.util.List;
import org.vipd.daemon.config.Place;

/**
 * Instances that depend on the interfaces of static addresses, routes and rules.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param members names of instances
 */
public record TrackGroup(String name, Place place, List<String> members) {

  public TrackGroup {
    members = List.copyOf(members);
  }

  /** The same, defined in another place. */
  public TrackGroup at(Place other) {
    return new TrackGroup(name, other, members);
  }
}
