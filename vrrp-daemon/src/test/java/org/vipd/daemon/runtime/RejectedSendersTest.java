package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;
import org.vipd.protocol.wire.SimplePassword;

class RejectedSendersTest {

  private static final String NEIGHBOUR = "10.0.0.3";
  private static final long MAC = 0x0200_0000_0003L;
  private static final long OTHER_MAC = 0x0200_0000_0004L;

  private final FakeHost host = new FakeHost(Configurations.instance(100)).start();

  private void reject(String sender) {
    host.hear(sender, Packets.version2(50, sender, SimplePassword.of("secret")));
  }

  private void find(String sender, long mac) {
    reject(sender);
    host.neighbours.advertise(sender, mac);
    host.runSeconds(2);
  }

  private List<String> said(String sender) {
    return host.journal.messages().stream()
        .filter(it -> it.contains(sender + ", MAC ") && it.contains("uses VRID 51"))
        .toList();
  }

  @Test
  void isLookedForAgainAfterListeningFailed() {
    // until nobody else listens on the interface
    host.runSeconds(20);
    assertThat(host.neighbours.openCount()).isZero();
    host.neighbours.fail("no socket");
    find(NEIGHBOUR, MAC);
    assertThat(said(NEIGHBOUR)).isEmpty();
    host.neighbours.recover();
    find(NEIGHBOUR, MAC);
    assertThat(said(NEIGHBOUR)).hasSize(1);
  }

  @Test
  void anAddressThatMovedIsSaidWithItsNewHostAnHourLater() {
    find(NEIGHBOUR, MAC);
    find(NEIGHBOUR, OTHER_MAC);
    assertThat(said(NEIGHBOUR)).hasSize(1);
    host.runSeconds(3601);
    find(NEIGHBOUR, OTHER_MAC);
    assertThat(said(NEIGHBOUR)).hasSize(2);
    assertThat(said(NEIGHBOUR).get(1)).contains("02:00:00:00:00:04");
  }

  @Test
  void thoseBeforeMakeRoomForOthersAfterAnHour() {
    for (int i = 10; i < 26; i++) {
      find("10.0.0." + i, MAC + i);
    }
    find("10.0.0.26", MAC);
    assertThat(said("10.0.0.26")).isEmpty();
    host.runSeconds(3601);
    find("10.0.0.26", MAC);
    assertThat(said("10.0.0.26")).hasSize(1);
  }
}
