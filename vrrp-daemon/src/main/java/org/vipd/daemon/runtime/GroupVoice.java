package org.vipd.daemon.runtime;

import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.group.GroupState;

/** Tells the world of a group's state, after its members have told of theirs. */
final class GroupVoice {

  private final RuntimePorts ports;
  private final Hooks hooks;

  GroupVoice(RuntimePorts ports) {
    this.ports = ports;
    this.hooks = new Hooks(ports.scripts());
  }

  void changed(SyncGroup group, GroupState before, GroupState now) {
    String line = "group " + group.name() + ": " + before + " -> " + now;
    if (now == GroupState.FAULT) {
      ports.journal().warn(line);
    } else {
      ports.journal().info(line);
    }
    hooks.run(group, DisplayState.valueOf(now.name()));
  }

  void stopped(SyncGroup group) {
    hooks.run(group, DisplayState.STOP);
  }
}
