package org.vipd.daemon.config.check;

import java.util.Optional;
import org.vipd.daemon.config.AuthenticationConfig;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Transport;

/** Rules about the election and the packets of one node. */
final class ElectionRules {

  private static final int SAMPLE_VRID = 51;

  private final Node node;
  private final Findings findings;

  ElectionRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (InstanceConfig instance : node.config().instances()) {
      idleWeights(instance);
      sampleVrid(instance);
      strictMode(instance);
      clearPassword(instance);
      ownAddressAmongPeers(instance);
    }
  }

  private void idleWeights(InstanceConfig instance) {
    for (CheckTrack track : instance.tracks()) {
      Optional<CheckConfig> check = node.config().check(track.checkName());
      int weight = track.weight().orElse(check.map(CheckConfig::weight).orElse(0));
      if (weight != 0 && !instance.election().preempts()) {
        findings.warning(
            "V002",
            node.place(instance, track.checkName()),
            "weight "
                + weight
                + " of "
                + track.checkName()
                + " cannot move "
                + instance.name()
                + ": with nopreempt no other node takes over from a lower priority",
            "leave the weight out, so that a failure gives the role up; or delete nopreempt");
      }
    }
  }

  private void sampleVrid(InstanceConfig instance) {
    boolean isMulticast = instance.transport() instanceof Transport.Multicast;
    if (instance.key().vrid().value() == SAMPLE_VRID && isMulticast) {
      findings.note(
          "V010",
          node.place(instance, "virtual_router_id"),
          "virtual_router_id 51 is that of every sample; others on this LAN may have it too",
          "choose another one from 1 to 255");
    }
  }

  private void strictMode(InstanceConfig instance) {
    if (instance.extras().isStrict() && !instance.wire().accepts()) {
      findings.warning(
          "V011",
          strictPlace(instance),
          "strict mode: "
              + instance.name()
              + " drops all packets to its virtual addresses, unless its priority is 255",
          "delete vrrp_strict and strict_mode");
    }
  }

  private Place strictPlace(InstanceConfig instance) {
    Place own = node.place(instance, "strict_mode");
    return own.equals(instance.place())
        ? node.places().find(Place.ofFile(node.file()), "vrrp_strict")
        : own;
  }

  private void clearPassword(InstanceConfig instance) {
    if (instance.authentication() instanceof AuthenticationConfig.Password) {
      findings.note(
          "V018",
          node.place(instance, "authentication"),
          "auth_type PASS sends the password in clear text to everyone on the LAN",
          "use auth_hmac when all nodes know it");
    }
  }

  private void ownAddressAmongPeers(InstanceConfig instance) {
    if (instance.transport() instanceof Transport.Unicast unicast
        && unicast.source().filter(unicast.peers()::contains).isPresent()) {
      findings.warning(
          "V015",
          node.place(instance, unicast.source().get().toString()),
          instance.name() + " lists its own address " + unicast.source().get() + " as a peer",
          "list only the other routers");
    }
  }
}
