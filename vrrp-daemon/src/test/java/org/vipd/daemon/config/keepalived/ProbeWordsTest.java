package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.probe.Probe;

class ProbeWordsTest {

  private static LoadResult load(String probe) {
    return KeepalivedReader.parse(
        "k.conf",
        """
        vrrp_script chk {
          probe %s
          interval 0.1
        }
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress { 10.0.0.100 }
          track_script { chk }
        }
        """
            .formatted(probe));
  }

  private static Probe probe(String text) {
    LoadResult result = load(text);
    assertThat(result.problems()).as(text).isEmpty();
    return result.config().orElseThrow().check("chk").orElseThrow().probe().orElseThrow();
  }

  @Test
  void readsEachKind() {
    assertThat(probe("tcp 127.0.0.1:6443")).isEqualTo(new Probe.Tcp("127.0.0.1", 6443));
    assertThat(probe("tcp [::1]:80")).isEqualTo(new Probe.Tcp("::1", 80));
    assertThat(probe("haproxy /run/h.sock api 2"))
        .isEqualTo(new Probe.Haproxy("/run/h.sock", "api", 2));
    assertThat(probe("process haproxy")).isEqualTo(new Probe.Processes("haproxy", 1));
    assertThat(probe("file /run/ok 45 serving"))
        .isEqualTo(
            new Probe.File("/run/ok", Optional.of(Duration.ofSeconds(45)), Optional.of("serving")));
    assertThat(probe("interface eth1")).isEqualTo(new Probe.Interface("eth1"));
    assertThat(probe("route default eth0"))
        .isEqualTo(new Probe.Route("default", Optional.of("eth0")));
    assertThat(probe("ping 1 10.0.0.1 10.0.0.2"))
        .isEqualTo(new Probe.Ping(List.of("10.0.0.1", "10.0.0.2"), 1));
  }

  @Test
  void readsWhatIsAskedOverHttp() {
    Probe.Tls tls =
        new Probe.Tls(
            true,
            Optional.of("/etc/ca.crt"),
            Optional.empty(),
            Optional.of("kubernetes"),
            Duration.ofHours(100));
    Probe.Http http =
        new Probe.Http("https://127.0.0.1:6443/readyz", List.of(200, 204), Optional.of("ok"), tls);
    String words =
        "https://127.0.0.1:6443/readyz status 200,204 contains ok ca /etc/ca.crt"
            + " server-name kubernetes valid-for 100";
    assertThat(probe("http " + words)).isEqualTo(http);
    assertThat(probe("kube-apiserver " + words)).isEqualTo(new Probe.KubeApiserver(http));
    assertThat(((Probe.Etcd) probe("etcd https://[::1]:2379/health insecure")).http().tls())
        .isEqualTo(
            new Probe.Tls(
                false, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns example.org | there is no such kind",
        "tcp 127.0.0.1 | expected HOST:PORT, found '127.0.0.1'",
        "tcp 127.0.0.1:70000 | expected a number from 1 to 65535, found '70000'",
        "tcp | HOST:PORT is missing",
        "http ftp://x/ | expected a web address, found 'ftp://x/'",
        "http http://x/ colour red | unknown word 'colour'",
        "http http://x/ ca | the value of ca is missing",
        "http http://x/ status 2x | expected a number from 100 to 599, found '2x'",
        "haproxy /run/h.sock | the back end is missing",
        "ping 3 10.0.0.1 | quorum must be 1..1, got 3",
        "ping many 10.0.0.1 | expected a number from 1 to 1000, found 'many'",
        "route 10.0.0.0 | expected default, or an address with its prefix length"
      })
  void saysWhereAndWhatIsWrong(String words, String expected) {
    LoadResult result = load(words);
    assertThat(result.problems())
        .anySatisfy(it -> assertThat(it.toString()).contains("k.conf:2:", "probe", expected));
  }
}
