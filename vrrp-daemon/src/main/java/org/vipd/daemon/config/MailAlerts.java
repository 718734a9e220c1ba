package org.vipd.daemon.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whose changes of state are told by mail: own setting, else that of the whole. */
public final class MailAlerts {

  /** The keyword of an instance and of a group. */
  public static final String KEYWORD = "smtp_alert";

  private MailAlerts() {}

  /** Names of instances and groups, in the order of the configuration. */
  public static Set<String> of(DaemonConfig config) {
    boolean usual = config.global().mail().alerts();
    Set<String> names = new LinkedHashSet<>();
    for (InstanceConfig instance : config.instances()) {
      if (instance.extras().settings().isOnIfGiven(KEYWORD).orElse(usual)) {
        names.add(instance.name());
      }
    }
    for (SyncGroup group : config.groups()) {
      if (group.settings().isOnIfGiven(KEYWORD).orElse(usual)) {
        names.add(group.name());
      }
    }
    return Collections.unmodifiableSet(names);
  }
}
