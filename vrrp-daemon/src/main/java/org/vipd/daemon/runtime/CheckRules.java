package org.vipd.daemon.runtime;

import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.tracking.TrackRule;

/** How a check decides about an instance, with what the instance makes of all its checks. */
final class CheckRules {

  private CheckRules() {}

  static TrackRule of(InstanceConfig instance, CheckTrack track, CheckConfig check) {
    boolean isOwner = instance.election().priority().isOwner();
    boolean stays = !isOwner && instance.extras().settings().isOn("stay_when_unhealthy");
    TrackRule rule = TrackRule.of(track, check);
    return stays ? rule.staying() : rule;
  }
}
