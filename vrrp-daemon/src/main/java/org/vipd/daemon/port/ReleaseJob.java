package org.vipd.daemon.port;

import java.time.Duration;
import org.vipd.daemon.config.CommandConfig;

/**
 * A script that runs before an instance gives its addresses up.
 *
 * @param instance name of the instance
 * @param command what is run
 * @param limit how long that waits for it; then it is ended
 */
public record ReleaseJob(String instance, CommandConfig command, Duration limit) {}
