package org.vipd.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.testkit.NetworkNamespace;

/** That the rehearsal plays the whole piece: a router that does not rise warms nothing up. */
class RehearsalIT {

  @Test
  void promotesInEachRound() throws PortException {
    NetworkNamespace.assumeAvailable();
    try (Closing parts = new Closing(new Silence())) {
      assertThat(Rehearsal.rehearse(parts, 30)).isEqualTo(30);
    }
  }
}
