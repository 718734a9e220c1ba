package org.vipd.daemon.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.port.SessionPath;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.protocol.bfd.SessionSettings;
import org.vipd.protocol.value.IpAddress;

class SessionPlanTest {

  private static SessionPlan plan(String lines) {
    String text =
        "bfd_instance b {\n"
            + lines.replace(";", "\n")
            + "\n}\n"
            + Configurations.instance(100, "track_bfd { b }");
    return SessionPlan.of(Configurations.of(text).usedTrackers().sessions().get(0));
  }

  @Test
  void hasTheDefaultsOfKeepalived() {
    SessionPlan plan = plan("neighbor_ip 10.0.0.9");
    assertThat(plan.settings()).isEqualTo(new SessionSettings(10_000, 10_000, 1_000_000, 5, false));
    assertThat(plan.path())
        .isEqualTo(
            new SessionPath(
                Optional.empty(), IpAddress.parse("10.0.0.9").orElseThrow(), 3784, 255, 255));
  }

  @Test
  void takesWhatIsWritten() {
    SessionPlan plan =
        plan(
            "neighbor_ip 10.0.0.9; source_ip 10.0.0.2; min_tx 300; min_rx 200; idle_tx 2000;"
                + " multiplier 3; passive");
    assertThat(plan.settings())
        .isEqualTo(new SessionSettings(300_000, 200_000, 2_000_000, 3, true));
    assertThat(plan.path().source()).isEqualTo(IpAddress.parse("10.0.0.2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "neighbor_ip 10.0.0.9; ttl 64 | 3784 | 64 | 64",
        "neighbor_ip 10.0.0.9; hoplimit 64 | 3784 | 255 | 255",
        "neighbor_ip 10.0.0.9; max_hops 2 | 3784 | 255 | 253",
        "neighbor_ip 10.0.0.9; ttl 2; max_hops 9 | 3784 | 2 | 0",
        "neighbor_ip 10.0.0.9; max_hops -1 | 3784 | 255 | 0",
        "neighbor_ip 10.0.0.9; multihop | 4784 | 255 | 0",
        "neighbor_ip 10.0.0.9; multihop; max_hops 0 | 4784 | 255 | 255",
        "neighbor_ip 2001:db8::9 | 3784 | 255 | 255",
        "neighbor_ip 2001:db8::9; hoplimit 64; ttl 3 | 3784 | 64 | 64"
      })
  void acceptsPacketsFromAsFarAwayAsAllowed(String lines, int port, int hopLimit, int lowest) {
    SessionPath path = plan(lines).path();
    assertThat(path.port()).isEqualTo(port);
    assertThat(path.hopLimit()).isEqualTo(hopLimit);
    assertThat(path.lowestHopLimit()).isEqualTo(lowest);
  }
}
