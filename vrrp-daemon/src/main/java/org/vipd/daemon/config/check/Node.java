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
 * @param file its file as the operator named it, or its {@link #title}
 * @param config what it says
 * @param places where it says it
 */
public record Node(String file, DaemonConfig config, PlaceFinder places) {

  private static final String AS = " as ";

  /** A file read as one of the nodes that it lists. */
  public static String title(String file, String node) {
    return file + AS + node;
  }

  Place place(InstanceConfig instance, String keyword) {
    return places.find(instance.place(), keyword);
  }

  /** How a message that points into the file names the node: a file may be that of several. */
  String here() {
    return file.contains(AS) ? "in " + file : "here";
  }

  /** What a keyword of keepalived is called in the file. */
  String name(String keyword) {
    return places.name(keyword);
  }

  /** The wording that fits the language of the file. */
  String wording(String keepalived, String own) {
    return places.wording(keepalived, own);
  }

  /** The instance that is the same virtual router. */
  Optional<InstanceConfig> router(AddressFamily family, Vrid vrid) {
    return config.instances().stream()
        .filter(it -> it.key().family() == family && it.key().vrid().equals(vrid))
        .findFirst();
  }
}
