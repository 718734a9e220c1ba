package org.vipd.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.testkit.Configurations;

class TlsRehearsalTest {

  private static List<CheckConfig> checks(String probe) {
    return Configurations.of(
            "vrrp_script chk {\nprobe "
                + probe
                + "\n}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n"
                + "virtual_ipaddress { 10.0.0.9 }\ntrack_script { chk }\n}\n")
        .checks();
  }

  @ParameterizedTest
  @CsvSource({
    "http https://127.0.0.1/, true",
    "kube-apiserver https://127.0.0.1:6443/readyz, true",
    "etcd https://127.0.0.1:2379/health, true",
    "http http://127.0.0.1/, false",
    "tcp 127.0.0.1:443, false"
  })
  void isNeededWhereACheckAsksOverTls(String probe, boolean isNeeded) {
    assertThat(TlsRehearsal.isNeeded(checks(probe))).isEqualTo(isNeeded);
  }

  @Test
  void saysAsMuchAsAClientSaysFirst() throws Exception {
    // RFC 8446 section 4.1.2: random, suites and extensions; less would be no greeting
    assertThat(TlsRehearsal.greeting()).isGreaterThan(100);
  }

  @Test
  void theFirstQuestionOverHttpMayTakeLonger() {
    Prober prober =
        new Probers(Path.of("/"), InstantSource.system(), () -> 0)
            .of(checks("http https://127.0.0.1/").get(0).probe().orElseThrow());
    Duration second = Duration.ofSeconds(1);
    assertThat(prober.atFirst(second)).isEqualTo(second.multipliedBy(3));
    assertThat(prober.atFirst(second.multipliedBy(9))).isEqualTo(second.multipliedBy(9));
  }
}
