package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Transport;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.RouterKey;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/** The two configurations of Kubernetes control planes that must run as they are found. */
class ControlPlaneConfigurationsTest {

  private static final String CONFIG_A =
      """
      global_defs {
         router_id LVS_KUBE
      }

      vrrp_script chk_haproxy {
          script "pidof haprox"
          interval 2
          timeout 2
          fall 3
      }

      vrrp_instance VI_1 {
          state MASTER
          interface eth0
          virtual_router_id 51
          priority 100
          advert_int 1
          authentication {
              auth_type PASS
              auth_pass somecomplexsecret
          }
          virtual_ipaddress {
              10.146.47.90
          }
          track_script {
              chk_haproxy
          }
      }
      """;

  private static final String CONFIG_B =
      """
      ! Configuration File for keepalived
      global_defs {
      router_id LVS_DEVEL
      }
      vrrp_script check_apiserver {
      script "/etc/keepalived/check_apiserver.sh"
      interval 3
      weight -2
      fall 10
      rise 2
      }
      vrrp_instance VI_1 {
      state %s
      interface eth1
      virtual_router_id 51
      priority %d
      authentication {
      auth_type PASS
      auth_pass velotiotechnologies
      }
      virtual_ipaddress {
      192.168.1.9
      }
      track_script {
      check_apiserver
      }
      }
      """;

  @Test
  void loadsTheHaproxyConfigurationCompletely() {
    DaemonConfig config = Loading.model(CONFIG_A);
    assertThat(config.routerId()).contains("LVS_KUBE");
    assertThat(config.checks())
        .containsExactly(
            new CheckConfig(
                "chk_haproxy",
                new Place("k.conf", 5, 1),
                new CommandConfig("pidof haprox", List.of("pidof", "haprox")),
                new CheckConfig.Schedule(Duration.ofSeconds(2), Duration.ofSeconds(2)),
                new CheckConfig.Thresholds(1, 3),
                0,
                false));
    InstanceConfig instance = config.instances().get(0);
    assertThat(config.instances()).hasSize(1);
    assertThat(instance.name()).isEqualTo("VI_1");
    assertThat(instance.place()).isEqualTo(new Place("k.conf", 12, 1));
    assertThat(instance.key()).isEqualTo(new RouterKey("eth0", AddressFamily.IPV4, new Vrid(51)));
    assertThat(instance.version()).isEqualTo(VrrpVersion.V2);
    assertThat(instance.election().priority().value()).isEqualTo(100);
    assertThat(instance.election().interval()).isEqualTo(AdvertInterval.ofSeconds(1));
    assertThat(instance.election().preempts()).isTrue();
    assertThat(instance.election().preemptDelay()).isZero();
    assertThat(instance.transport())
        .isEqualTo(
            new Transport.Multicast(Optional.empty(), IpAddress.vrrpGroup(AddressFamily.IPV4)));
    assertThat(instance.addresses())
        .containsExactly(
            new VirtualAddressConfig(
                IpAddress.parse("10.146.47.90").orElseThrow(),
                32,
                Optional.empty(),
                VirtualAddressConfig.AddressOptions.NONE,
                true));
    assertThat(instance.tracks())
        .containsExactly(new CheckTrack("chk_haproxy", OptionalInt.empty(), false));
    assertThat(instance.hooks()).isEqualTo(HookConfig.none());
  }

  @Test
  void warnsOnlyOfThePasswordThatIsCut() {
    assertThat(Loading.problems(CONFIG_A))
        .containsExactly(
            "k.conf:20:19: warning: auth_pass has 17 bytes; VRRP carries only the first 8, as in"
                + " keepalived; cut it to 8 so that nobody relies on the rest [V009]");
    assertThat(Loading.problems(CONFIG_B.formatted("BACKUP", 100)))
        .containsExactly(
            "k.conf:19:11: warning: auth_pass has 19 bytes; VRRP carries only the first 8, as in"
                + " keepalived; cut it to 8 so that nobody relies on the rest [V009]");
  }

  @Test
  void loadsTheApiserverConfigurationOfTheFirstMaster() {
    DaemonConfig config = Loading.model(CONFIG_B.formatted("MASTER", 101));
    assertThat(config.routerId()).contains("LVS_DEVEL");
    assertThat(config.checks())
        .containsExactly(
            new CheckConfig(
                "check_apiserver",
                new Place("k.conf", 5, 1),
                new CommandConfig(
                    "/etc/keepalived/check_apiserver.sh",
                    List.of("/etc/keepalived/check_apiserver.sh")),
                new CheckConfig.Schedule(Duration.ofSeconds(3), Duration.ofSeconds(3)),
                new CheckConfig.Thresholds(2, 10),
                -2,
                false));
    InstanceConfig instance = config.instances().get(0);
    assertThat(instance.key()).isEqualTo(new RouterKey("eth1", AddressFamily.IPV4, new Vrid(51)));
    assertThat(instance.election().priority().value()).isEqualTo(101);
    assertThat(instance.addresses())
        .extracting(VirtualAddressConfig::text)
        .containsExactly("192.168.1.9/32");
    assertThat(instance.tracks())
        .containsExactly(new CheckTrack("check_apiserver", OptionalInt.empty(), false));
  }

  @Test
  void loadsTheApiserverConfigurationOfTheOthers() {
    DaemonConfig config = Loading.model(CONFIG_B.formatted("BACKUP", 100));
    assertThat(config.instances().get(0).election().priority().value()).isEqualTo(100);
  }
}
