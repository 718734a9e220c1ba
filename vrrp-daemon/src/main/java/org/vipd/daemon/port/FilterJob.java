package org.vipd.daemon.port;

import org.vipd.daemon.config.CommandConfig;

/**
 * A change of the packet filter.
 *
 * @param command brings the whole filter into its new state, whatever it was
 * @param isOptional whether nobody minds when it cannot be done
 */
public record FilterJob(CommandConfig command, boolean isOptional) {}
