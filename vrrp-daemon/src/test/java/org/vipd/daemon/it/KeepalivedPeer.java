package org.vipd.daemon.it;

import java.util.List;
import java.util.function.IntFunction;

/** Debian's keepalived as a peer. */
final class KeepalivedPeer implements Peer {

  private final IntFunction<String> configuration;
  private final KeepalivedNode node;

  private KeepalivedPeer(IntFunction<String> configuration, KeepalivedNode node) {
    this.configuration = configuration;
    this.node = node;
  }

  /** Starts it with the configuration for a priority. */
  static KeepalivedPeer start(Host host, IntFunction<String> configuration, int priority) {
    return new KeepalivedPeer(
        configuration, KeepalivedNode.start(host, configuration.apply(priority)));
  }

  @Override
  public String name() {
    return "keepalived";
  }

  @Override
  public void kill() {
    node.killAll();
  }

  @Override
  public void stop() {
    node.stop();
  }

  @Override
  public void restart() {
    node.restart();
  }

  @Override
  public void changePriority(int priority) {
    node.host().file("real-keepalived.conf", configuration.apply(priority));
    node.process().signal("HUP");
  }

  @Override
  public List<String> rejects() {
    return KeepalivedStatistics.rejects(node);
  }

  @Override
  public String log() {
    return node.process().output();
  }
}
