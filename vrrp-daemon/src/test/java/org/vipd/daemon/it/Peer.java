package org.vipd.daemon.it;

import java.util.List;

/** Another implementation of VRRP on a host of the lab. */
interface Peer {

  /** What it is, for reports. */
  String name();

  /** Ends it with SIGKILL. */
  void kill();

  /** Ends it with SIGTERM. */
  void stop();

  /** Starts it again after its end, with the configuration it had. */
  void restart();

  /** Changes its priority while it runs. */
  void changePriority(int priority);

  /** What it has against packets it got since it started; empty when nothing. */
  List<String> rejects();

  /** What it wrote. */
  String log();
}
