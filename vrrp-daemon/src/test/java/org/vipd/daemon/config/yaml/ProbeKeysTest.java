package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.yaml.write.YamlWriter;

/** Checks that need no script, in either language. */
class ProbeKeysTest {

  private static final String ROUTER =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 7
        virtual_ipaddress { 10.0.0.100/24 }
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp 127.0.0.1:6443 | tcp: '127.0.0.1:6443'",
        "tcp [::1]:80 | tcp: '[::1]:80'",
        "http http://10.0.0.1:8080/healthz | http: 'http://10.0.0.1:8080/healthz'",
        "http https://x/ status 200,204 contains ok insecure | http: {url: 'https://x/', status: [200, 204], contains: ok, verify: false}",
        "http https://x/ ca /c certificate /k server-name n valid-for 3"
            + " | http: {url: 'https://x/', ca: /c, certificate: /k, server-name: n, valid-for: 3h}",
        "kube-apiserver https://127.0.0.1:6443/readyz ca /c"
            + " | kube-apiserver: {url: 'https://127.0.0.1:6443/readyz', ca: /c}",
        "etcd http://127.0.0.1:2379/health | etcd: 'http://127.0.0.1:2379/health'",
        "haproxy /run/h.sock api 2 | haproxy: {socket: /run/h.sock, backend: api, at-least: 2}",
        "process haproxy | process: haproxy",
        "process haproxy 3 | process: {name: haproxy, at-least: 3}",
        "file /run/ok | file: /run/ok",
        "file /run/ok 45 serving | file: {path: /run/ok, newer-than: 45s, contains: serving}",
        "interface eth1 | interface: eth1",
        "route default | route: default",
        "route 10.0.0.0/8 eth0 | route: {network: 10.0.0.0/8, device: eth0}",
        "ping 1 10.0.0.1 gw | ping: {hosts: [10.0.0.1, gw]}",
        "ping 2 10.0.0.1 gw | ping: {hosts: [10.0.0.1, gw], at-least: 2}"
      })
  void meanTheSameAsTheWordsOfKeepalivedConf(String words, String keys) {
    CheckConfig old = check(keepalived(words));
    CheckConfig own = check(yaml("checks: {c: {" + keys.replace('\'', '"') + "}}"));
    assertThat(own.at(old.place())).isEqualTo(old);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcp 127.0.0.1:6443",
        "http https://x/ status 200,204 contains ok insecure",
        "kube-apiserver https://[::1]:6443/readyz ca /c certificate /k server-name n valid-for 100000",
        "etcd http://127.0.0.1:2379/health contains true",
        "haproxy /run/h.sock api 2",
        "process haproxy 3",
        "file /run/ok 10000000 serving",
        "interface eth1",
        "route 10.0.0.0/8 eth0",
        "ping 2 10.0.0.1 gw"
      })
  void areWrittenSoThatTheyReadBackTheSame(String words) {
    LoadResult old = keepalived(words);
    String text = YamlWriter.text(old.config().orElseThrow());
    assertThat(Models.of(yaml(text).config().orElseThrow()))
        .as(text)
        .isEqualTo(Models.of(old.config().orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rise: 2 | 1:13: error: checks.c does not say what is asked; add one of: command, tcp, http,",
        "command: a, file: /f | 1:26: error: checks.c has command and file; keep one",
        "tcp: localhost | 1:19: error: tcp: expected HOST:PORT, found 'localhost'",
        "tcp: '10.0.0.1:70000' | error: tcp: expected a number from 1 to 65535, found '70000'",
        "http: 'ftp://x/' | error: http: expected a web address, found 'ftp://x/'",
        "http: {uri: 'http://x/'} | error: unknown key 'uri' in http; did you mean url?",
        "http: {url: 'http://x/', status: [20]} | error: each of status must be a whole number from 100",
        "htpt: 'http://x/' | error: unknown key 'htpt' in checks.c; did you mean http?",
        "etcd: {} | error: etcd has no url; add url: a text",
        "haproxy: {socket: /s} | error: haproxy has no backend",
        "route: 10.0.0.0 | error: route: expected default, or an address with its prefix length",
        "ping: {hosts: []} | error: ping: hosts is empty",
        "ping: {hosts: [a], at-least: 2} | error: ping: at-least is 2, but there are only 1 hosts"
      })
  void areRefusedWithThePlace(String keys, String expected) {
    LoadResult result = yaml("checks: {c: {" + keys.replace('\'', '"') + "}}");
    assertThat(result.config()).isEmpty();
    assertThat(result.problems()).anySatisfy(it -> assertThat(it.toString()).contains(expected));
  }

  @Test
  void replaceAScriptThatStandsBesideThemInKeepalivedConf() {
    LoadResult result = keepalived("process haproxy\n script /bin/true");
    assertThat(check(result).command().text()).isEqualTo("process haproxy");
    assertThat(result.problems())
        .extracting(Object::toString)
        .anyMatch(it -> it.contains("warning: vrrp_script c has a script and a probe"));
  }

  private static CheckConfig check(LoadResult result) {
    assertThat(result.problems()).noneMatch(it -> it.isError());
    return result.config().orElseThrow().check("c").orElseThrow();
  }

  private static LoadResult keepalived(String words) {
    return KeepalivedReader.parse("k.conf", "vrrp_script c {\n probe " + words + "\n}\n" + ROUTER);
  }

  private static LoadResult yaml(String text) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options()).result();
  }
}
