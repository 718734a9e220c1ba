package org.vipd.daemon.config;

import java.util.Optional;

/**
 * A user that scripts run as.
 *
 * @param user user name or number
 * @param group group name or number; empty for the user's own
 */
public record Account(String user, Optional<String> group) {}
