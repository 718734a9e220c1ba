package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.protocol.value.IpAddress;

/** Reads how advertisements of a virtual router travel. */
final class TransportReader {

  private static final String OTHER_FAMILY =
      "write one of the family of the virtual addresses, or delete it";

  private final Section vip;
  private final RouterReader.Part part;
  private final Cluster cluster;
  private final Reports reports;

  TransportReader(Section vip, RouterReader.Part part, Cluster cluster, Reports reports) {
    this.vip = vip;
    this.part = part;
    this.cluster = cluster;
    this.reports = reports;
  }

  Transport read() {
    boolean isMulticast =
        vip.text("transport").orElseThrow().equals("multicast") || vip.has("group");
    if (isMulticast && vip.has("peers")) {
      reports.error(
          vip.place("peers"), vip.name() + " has peers and wants multicast", "delete one of them");
    }
    List<IpAddress> peers = vip.has("peers") ? peers() : cluster.peers(part.family());
    Optional<IpAddress> source = own("source");
    if (isMulticast || peers.isEmpty()) {
      return new Transport.Multicast(source, group());
    }
    if (vip.isOn("strict")) {
      reports.error(
          vip.place("strict"),
          "strict mode forbids unicast",
          "delete strict, or write transport: multicast");
    }
    return new Transport.Unicast(source.or(() -> cluster.source(part.family())), peers);
  }

  private List<IpAddress> peers() {
    List<IpAddress> peers = new ArrayList<>();
    for (Placed entry : vip.list("peers")) {
      IpAddress peer = (IpAddress) entry.value();
      if (peer.family() == part.family() && !peers.contains(peer)) {
        peers.add(peer);
      } else if (peers.contains(peer)) {
        reports.error(entry.place(), "peer " + peer + " is listed twice", "delete one");
      } else if (!part.isTied()) {
        reports.error(entry.place(), "peer " + peer + " is of the other family", OTHER_FAMILY);
      }
    }
    return peers;
  }

  private IpAddress group() {
    Optional<IpAddress> group = own("group");
    if (group.isPresent() && !group.get().isMulticast()) {
      reports.error(vip.valuePlace("group"), group.get() + " is not a multicast address", "");
    }
    return group.orElse(IpAddress.vrrpGroup(part.family()));
  }

  /** An address of the router's family; where two are tied, one of the other is for the other. */
  private Optional<IpAddress> own(String key) {
    Optional<IpAddress> address = vip.address(key);
    boolean isOther = address.isPresent() && address.get().family() != part.family();
    if (isOther && !part.isTied()) {
      reports.error(
          vip.place(key), key + " " + address.get() + " is of the other family", OTHER_FAMILY);
    }
    return isOther ? Optional.empty() : address;
  }
}
