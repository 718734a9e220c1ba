package org.vipd.daemon.config;

import java.util.Optional;

/**
 * A user that scripts run as.
 *
 * @param user user name or number
 * @param group group name or number; empty for the user's own
 * @param hasSupplementaryGroups whether the scripts are in the user's other groups too
 */
public record Account(String user, Optional<String> group, boolean hasSupplementaryGroups) {

  /** An account without supplementary groups. */
  public Account(String user, Optional<String> group) {
    this(user, group, false);
  }
}
