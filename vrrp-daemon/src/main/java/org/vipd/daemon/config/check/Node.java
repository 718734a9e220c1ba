package org.vipd.daemon.config.check;

import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.Vrid;

/**
 * The configuration of one node of a cluster.
 *
 * @param file its file as the operator named it
 * @param config what it says
 * @param places where it says it
 */
public record Node(String file, DaemonConfig config, PlaceFinder places) {

  Place place(InstanceConfig instance, String keyword) {
    return places.find(instance.place(), keyword);
  }

  /** The instance that is the same virtual router. */
  Optional<InstanceConfig> router(AddressFamily family, Vrid vrid) {
    return config.instances().stream()
        .filter(it -> it.key().family() == family && it.key().vrid().equals(vrid))
        .findFirst();
  }
}
