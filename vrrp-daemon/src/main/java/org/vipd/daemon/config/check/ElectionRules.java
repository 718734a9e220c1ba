package org.vipd.daemon.config.check;

import java.util.List;
import org.vipd.daemon.config.AuthenticationConfig;
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
    Influences influences = new Influences(node.config());
    for (InstanceConfig instance : node.config().instances()) {
      idleWeights(instance, influences.of(instance));
      sampleVrid(instance);
      strictMode(instance);
      clearPassword(instance);
    }
  }

  private void idleWeights(InstanceConfig instance, List<Influence> influences) {
    if (instance.election().preempts()) {
      return;
    }
    String nopreempt = node.wording("nopreempt", "preempt: false");
    for (Influence influence : influences) {
      findings.warning(
          "V002",
          node.placeOfTrack(instance, influence.list(), influence.name()),
          "weight "
              + influence.weight()
              + " of "
              + influence.label()
              + node.byGroup(instance, influence.list(), influence.name())
              + (influence.isCounted() ? " moves " : " cannot move ")
              + instance.name()
              + (influence.isCounted() ? " only when its number makes -254 or less" : "")
              + ": with "
              + nopreempt
              + " no other node takes over from a lower priority",
          "leave the weight out, so that a failure gives the role up; or delete " + nopreempt);
    }
  }

  private void sampleVrid(InstanceConfig instance) {
    boolean isMulticast = instance.transport() instanceof Transport.Multicast;
    if (instance.key().vrid().value() == SAMPLE_VRID && isMulticast) {
      findings.note(
          "V010",
          node.place(instance, "virtual_router_id"),
          node.name("virtual_router_id")
              + " 51 is that of every sample; others on this LAN may have it too",
          "choose another one from 1 to 255");
    }
  }

  private void strictMode(InstanceConfig instance) {
    if (instance.extras().isStrict() && !instance.wire().accepts()) {
      boolean isOwn = node.hasWritten(instance, "strict_mode");
      findings.warning(
          "V011",
          isOwn
              ? node.place(instance, "strict_mode")
              : node.places().find(Place.ofFile(node.file()), "vrrp_strict"),
          "strict mode: "
              + instance.name()
              + " drops all packets to its virtual addresses, unless its priority is 255",
          node.wording(
              isOwn
                  ? "delete strict_mode, or write strict_mode off where vrrp_strict is set"
                  : "delete vrrp_strict, or write strict_mode off in " + instance.name(),
              "delete strict: true"));
    }
  }

  private void clearPassword(InstanceConfig instance) {
    if (instance.authentication() instanceof AuthenticationConfig.Password) {
      findings.note(
          "V018",
          node.place(instance, "authentication"),
          node.wording("auth_type PASS", "type: password")
              + " sends the password in clear text to everyone on the LAN",
          node.wording("use auth_hmac", "use type: hmac") + " when all nodes know it");
    }
  }
}
