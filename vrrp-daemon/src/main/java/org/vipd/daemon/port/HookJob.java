package org.vipd.daemon.port;

import java.util.List;
import org.vipd.daemon.config.CommandConfig;

/**
 * Scripts to run because of one transition.
 *
 * @param lane jobs of the same lane run in order; a waiting job is replaced by a newer one
 * @param occasion what happened, for messages: {@code VI_1 MASTER}
 * @param commands command lines, run one after the other
 * @param isFinal whether it belongs to the end of the daemon and must not be replaced
 */
public record HookJob(String lane, String occasion, List<CommandConfig> commands, boolean isFinal) {

  public HookJob {
    commands = List.copyOf(commands);
  }
}
