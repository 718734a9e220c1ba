package org.vipd.daemon.runtime;

import java.util.HashMap;
import java.util.Map;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.PortException;

/** Whose neighbours are listened to now: one socket for each interface serves all its routers. */
final class Neighbourhood {

  private final NeighbourPort port;
  private final NanoClock clock;
  private final Map<Integer, Neighbours> open = new HashMap<>();

  Neighbourhood(NeighbourPort port, NanoClock clock) {
    this.port = port;
    this.clock = clock;
  }

  /** Listens on an interface until {@link #leave}. */
  Neighbours enter(LinkState link) throws PortException {
    Neighbours neighbours = open.get(link.index());
    if (neighbours == null || neighbours.isDeaf() || !neighbours.link().equals(link)) {
      // whoever uses an old one still leaves it
      neighbours = new Neighbours(link, port, clock);
      open.put(link.index(), neighbours);
    }
    neighbours.addUsers(1);
    return neighbours;
  }

  /** Listens no longer, when nobody else does. */
  void leave(Neighbours neighbours) {
    if (neighbours.addUsers(-1) == 0) {
      open.remove(neighbours.link().index(), neighbours);
      neighbours.close();
    }
  }
}
