package org.vipd.daemon.it;

import java.util.List;

/** FRR's vrrpd as a peer. */
final class FrrPeer implements Peer {

  private final FrrNode node;

  FrrPeer(FrrNode node) {
    this.node = node;
  }

  @Override
  public String name() {
    return "FRR";
  }

  @Override
  public void kill() {
    node.kill();
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
    node.changePriority(priority);
  }

  @Override
  public List<String> rejects() {
    return node.complaints();
  }

  @Override
  public String log() {
    return node.log();
  }
}
