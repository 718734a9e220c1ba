package org.vipd.daemon.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.group.GroupState;
import org.vipd.daemon.group.GroupView;

/** Tells the world of a group's state, after its members have told of theirs. */
final class GroupVoice {

  private final RuntimePorts ports;
  private final InstantSource wallClock;
  private final Hooks hooks;

  GroupVoice(RuntimePorts ports, InstantSource wallClock) {
    this.ports = ports;
    this.wallClock = wallClock;
    this.hooks = new Hooks(ports.scripts());
  }

  void changed(SyncGroup group, GroupState before, GroupState now, List<Cause> causes) {
    String line = "group " + group.name() + ": " + before + " -> " + now;
    if (now == GroupState.FAULT) {
      ports.journal().warn(line);
    } else {
      ports.journal().info(line);
    }
    hooks.run(group, DisplayState.valueOf(now.name()));
    publish(group, before.name(), now.name(), causes);
  }

  /** Says which members give up because they would be alone. */
  void split(GroupView view) {
    ports
        .journal()
        .info(
            "group "
                + view.name()
                + ": since the reload "
                + String.join(", ", view.active())
                + " had time to be joined by "
                + String.join(", ", view.notActive())
                + ", which another node has or nobody can take: MASTER is given up, so that the"
                + " members are together");
  }

  void stopped(SyncGroup group, GroupState before, List<Cause> causes) {
    hooks.run(group, DisplayState.STOP);
    publish(group, before.name(), DisplayState.STOP.name(), causes);
  }

  /** Says the state again to whom that matters. */
  void repeat(SyncGroup group, GroupState state) {
    publish(group, state.name(), state.name(), List.of());
  }

  private void publish(SyncGroup group, String before, String now, List<Cause> causes) {
    ports
        .notices()
        .publish(
            new Notice(
                wallClock.instant(),
                Notice.Kind.STATE,
                Notice.Subject.group(group.name()),
                before,
                now,
                0,
                Duration.ZERO,
                causes));
  }
}
