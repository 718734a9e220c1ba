package org.vipd.daemon.it;

import java.util.List;

/**
 * One row of the matrix: what both sides speak.
 *
 * @param title short, part of the names of namespaces
 * @param isFrr whether the peer is FRR rather than keepalived
 * @param version 2 or 3
 * @param family what the virtual addresses are
 * @param extra further statements of the instance
 * @param isUnicast whether both list each other as peers
 */
record PeerSetting(
    String title, boolean isFrr, int version, Family family, String extra, boolean isUnicast) {

  static final int VRID = 77;

  enum Family {
    IPV4("10.77.0.100", "10.77.0.101", "10.77.0.", "/24"),
    IPV6("fe80::77", "2001:db8:77::100", "2001:db8:77::", "/64");

    private final String firstVirtual;
    private final String secondVirtual;
    private final String network;
    private final String prefix;

    Family(String firstVirtual, String secondVirtual, String network, String prefix) {
      this.firstVirtual = firstVirtual;
      this.secondVirtual = secondVirtual;
      this.network = network;
      this.prefix = prefix;
    }
  }

  static PeerSetting keepalived(String title, int version, Family family) {
    return new PeerSetting("ka-" + title, false, version, family, "", false);
  }

  static PeerSetting frr(String title, int version, Family family) {
    return new PeerSetting("frr-" + title, true, version, family, "", false);
  }

  PeerSetting withPassword(String type) {
    String text = "authentication {\n auth_type " + type + "\n auth_pass secret12\n }";
    return new PeerSetting(title, isFrr, version, family, text, isUnicast);
  }

  /** Whether packets carry numbers that count from one for each sender and each Active. */
  boolean isNumbered() {
    return extra.contains("auth_type AH");
  }

  PeerSetting unicast() {
    return new PeerSetting(title, isFrr, version, family, extra, true);
  }

  List<String> virtualAddresses() {
    return List.of(family.firstVirtual, family.secondVirtual);
  }

  /** The address of a node, with its prefix length. */
  String nodeAddress(int node) {
    return bare(node) + family.prefix;
  }

  /** Version 2 knows whole seconds only. */
  int intervalMillis() {
    return version == 2 ? 1000 : 500;
  }

  FrrNode.Settings frrSettings(int priority) {
    return new FrrNode.Settings(version, VRID, priority, intervalMillis(), virtualAddresses());
  }

  /** The configuration of vipd or keepalived, which is the same. */
  String configuration(int node, int otherNode, int priority) {
    StringBuilder text = new StringBuilder("vrrp_instance matrix {\n  state BACKUP\n");
    text.append("  interface ").append(Lab.INTERFACE).append('\n');
    text.append("  virtual_router_id ").append(VRID).append('\n');
    text.append("  version ").append(version).append('\n');
    text.append("  priority ").append(priority).append('\n');
    text.append("  advert_int ").append(version == 2 ? "1" : "0.5").append('\n');
    if (isUnicast) {
      text.append("  unicast_src_ip ").append(bare(node)).append('\n');
      text.append("  unicast_peer {\n    ").append(bare(otherNode)).append("\n  }\n");
    }
    text.append("  ").append(extra).append("\n  virtual_ipaddress {\n");
    for (String address : virtualAddresses()) {
      text.append("    ").append(address).append(family.prefix).append('\n');
    }
    return text.append("  }\n}\n").toString();
  }

  private String bare(int node) {
    return family.network + node;
  }
}
