package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Two vipd whose packets carry an HMAC; no packaged keepalived knows it yet. */
@Execution(ExecutionMode.CONCURRENT)
class HmacIT {

  private static final String VIP = "10.79.0.100";
  private static final List<String> LEFT = List.of("10.79.0.1");
  private static final List<String> RIGHT = List.of("10.79.0.2");
  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final String OTHER_KEY = "fedcba9876543210".repeat(4);

  /** Numbers are times in units of 2^-32 s. */
  private static final long ONE_HOUR = 3600L << 32;

  private Lab lab;
  private LanObserver lan;
  private Host left;
  private Host right;

  @BeforeEach
  void build() {
    NetworkNamespace.assumeAvailable();
    Distribution.makeArchive();
    lab = Lab.create("hmac");
    lan = new LanObserver(lab, "HMAC");
    left = lab.host("left", "10.79.0.1/24");
    right = lab.host("right", "10.79.0.2/24");
  }

  @AfterEach
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private static String configuration(int priority, String key, String antiReplay) {
    return String.format(
        Locale.ROOT,
        """
        vrrp_instance signed {
          state BACKUP
          listen_before_claim off
          interface eth0
          virtual_router_id 79
          version 3
          priority %d
          advert_int 1
          auth_hmac {
            key 1 hex:%s
            active_key 1
            anti_replay %s
          }
          virtual_ipaddress {
            %s/24
          }
        }
        """,
        priority,
        key,
        antiReplay,
        VIP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"monotonic", "time"})
  void followsAPeerWithTheSameKeyAlsoAfterARestart(String antiReplay) {
    VipdNode active = VipdNode.start(left, configuration(200, KEY, antiReplay));
    VipdNode backup = VipdNode.start(right, configuration(100, KEY, antiReplay));
    lan.awaitSole(0, "both started", "left", LEFT);
    backup.awaitState("BACKUP");

    int mark = lan.mark();
    active.process().kill();
    lan.awaitSole(mark, "left killed", "right", RIGHT);
    mark = lan.mark();
    active.restart();
    lan.awaitSole(mark, "left is back", "left", LEFT);
    backup.awaitState("BACKUP");
    assertThat(backup.counter("auth-ext-replay")).isZero();
    assertThat(Counters.rejects(active)).containsOnlyKeys("checksum-form-pseudo-header");
    assertThat(Counters.rejects(backup)).containsOnlyKeys("checksum-form-pseudo-header");
  }

  @Test
  void sendsNumbersAboveThoseOfAnEarlierProcess() throws IOException {
    String configuration = configuration(200, KEY, "monotonic");
    VipdNode active = VipdNode.start(left, configuration);
    VipdNode backup = VipdNode.start(right, configuration(100, KEY, "monotonic"));
    lan.awaitSole(0, "both started", "left", LEFT);
    assertThat(active.stop()).isZero();
    long ahead = sequence() + ONE_HOUR;
    Path file = active.runtimeDirectory().resolve("sequences");
    Files.writeString(
        file, Files.readString(file).replaceAll("\t.*", "\t" + Long.toHexString(ahead)));

    int mark = lan.mark();
    active.restart();
    lan.awaitSole(mark, "left is back, an hour ahead of its clock", "left", LEFT);
    Await.until(
        "a number above the noted one is noted",
        Await.GENEROUS,
        () -> sequence() > ahead,
        active::log);
    backup.awaitState("BACKUP");
    assertThat(Counters.rejects(backup)).containsOnlyKeys("checksum-form-pseudo-header");
  }

  private long sequence() {
    String line = left.read("run/sequences").strip();
    return line.isEmpty() ? 0 : Long.parseLong(line.substring(line.indexOf('\t') + 1), 16);
  }

  @Test
  void refusesAndCountsAnotherKey() {
    VipdNode active = VipdNode.start(left, configuration(200, KEY, "time"));
    active.awaitState("MASTER");
    VipdNode stranger = VipdNode.start(right, configuration(100, OTHER_KEY, "time"));
    stranger.awaitState("MASTER");
    for (VipdNode node : List.of(active, stranger)) {
      Await.until(
          "a packet with another key is counted",
          Await.GENEROUS,
          () -> node.counter("auth-ext-invalid-hmac") > 2,
          node::log);
      assertThat(node.state()).isEqualTo("MASTER");
      assertThat(node.counter("advertisement-rcvd")).isZero();
      node.awaitLog("rejected: HMAC does not match");
    }
  }
}
