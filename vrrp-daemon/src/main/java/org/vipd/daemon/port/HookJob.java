package org.vipd.daemon.port;

import java.util.List;
import java.util.Set;
import org.vipd.daemon.config.CommandConfig;

/**
 * Scripts to run because of one transition.
 *
 * @param lane jobs of the same lane run in order; a waiting job is replaced by a newer one
 * @param occasion what happened, for messages: {@code VI_1 MASTER}
 * @param commands command lines, run one after the other
 * @param isFinal whether it belongs to the end of the daemon and must not be replaced
 * @param after lanes whose scripts, as far as they were handed in before, are started before these
 */
public record HookJob(
    String lane,
    String occasion,
    List<CommandConfig> commands,
    boolean isFinal,
    Set<String> after) {

  public HookJob {
    commands = List.copyOf(commands);
    after = Set.copyOf(after);
  }

  /** Scripts that wait for no others. */
  public HookJob(String lane, String occasion, List<CommandConfig> commands, boolean isFinal) {
    this(lane, occasion, commands, isFinal, Set.of());
  }
}
