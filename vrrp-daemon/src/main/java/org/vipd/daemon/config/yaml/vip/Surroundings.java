package org.vipd.daemon.config.yaml.vip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.yaml.key.Prefix;
import org.vipd.protocol.value.AddressFamily;

/** What a configuration that is the same on every node needs to know of the node it is read on. */
public interface Surroundings {

  /** The host name up to its first dot. */
  String hostName();

  /** The addresses of each interface with their networks. */
  Map<String, List<Prefix>> networks();

  /** The interface of the default route; empty without one. */
  Optional<String> defaultInterface(AddressFamily family);
}
