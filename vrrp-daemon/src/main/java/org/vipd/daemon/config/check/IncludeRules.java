package org.vipd.daemon.config.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.track.NamedTrack;

/**
 * Finds definitions in included files that are read after their use. Within one file the reader
 * sees it.
 */
final class IncludeRules {

  private final Node node;
  private final Findings findings;

  IncludeRules(Node node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  void apply() {
    for (InstanceConfig instance : node.config().instances()) {
      Map<String, Place> used = new LinkedHashMap<>();
      for (CheckTrack it : instance.tracks()) {
        node.config()
            .check(it.checkName())
            .ifPresent(check -> used.put("script " + it.checkName(), check.place()));
      }
      for (NamedTrack it : instance.extras().tracks()) {
        String kind = it.kind().keyword().substring("track_".length());
        node.config()
            .trackers()
            .place(it.kind(), it.name())
            .ifPresent(place -> used.put(kind + " " + it.name(), place));
      }
      used.forEach((what, defined) -> look(instance, what, defined));
    }
  }

  private void look(InstanceConfig instance, String what, Place defined) {
    boolean isElsewhere = !defined.file().equals(instance.place().file());
    if (isElsewhere && node.places().isBehind(defined, instance.place())) {
      findings.warning(
          "V016",
          instance.place(),
          "vrrp_instance "
              + instance.name()
              + " tracks "
              + what
              + ", which is defined below it, at "
              + defined
              + "; keepalived would ignore that",
          "include " + Place.ofFile(defined.file()) + " above it");
    }
  }
}
