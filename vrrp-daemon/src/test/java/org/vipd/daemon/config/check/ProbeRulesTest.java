package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.check.host.UnknownHost;

/** Whom the check of an API server asks, beside the examples of the page. */
class ProbeRulesTest {

  private static final String RULE = "V041";

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  private static String asking(String probe) {
    return "vrrp_script chk {\n  probe " + probe + "\n}\n" + instance(100, "track_script { chk }");
  }

  private static String api(String authority) {
    return asking("kube-apiserver https://" + authority + "/readyz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:6443",
        "127.0.1.1:6443",
        "[::1]:6443",
        "10.0.0.2:6443",
        "localhost:6443",
        "LOCALHOST",
        "api.localhost:6443",
        "ip6-localhost:6443"
      })
  void whatIsOfThisHostIsAsked(String authority) {
    assertThat(check().found(RULE, api(authority))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.9.9.9:6443", "10.0.0.3", "[2001:db8::1]:6443"})
  void anAddressOfAnotherHostIsNamed(String authority) {
    assertThat(check().found(RULE, api(authority)))
        .singleElement()
        .asString()
        .contains("which this host has not: another node may answer");
    assertThat(check().found(RULE, new UnknownHost(), api(authority))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vip.example.org:6443", "kubernetes", "localhost.example.org"})
  void aNameIsNamedWhoeverTheHostIs(String authority) {
    String name = authority.replace(":6443", "");
    List<String> expected =
        List.of(
            "warning: chk asks for the API server at "
                + name
                + ", a name, which may lead to another node or to the virtual address");
    assertThat(check().found(RULE, api(authority))).isEqualTo(expected);
    assertThat(check().found(RULE, new UnknownHost(), api(authority))).isEqualTo(expected);
  }

  @Test
  void onlyAProbeAsksTooOften() {
    String often = asking("tcp 127.0.0.1:80\n  interval 0.099");
    String text =
        "warning: chk asks every 0.099 s: checks without a script are made for ten times a second at most";
    assertThat(check().found("V046", often)).containsExactly(text);
    assertThat(check().found("V046", new UnknownHost(), often)).containsExactly(text);
    assertThat(check().found("V046", often.replace("0.099", "0.1"))).isEmpty();
    assertThat(check().found("V046", often.replace("probe tcp 127.0.0.1:80", "script /bin/true")))
        .isEmpty();
  }

  @Test
  void theVirtualAddressIsSaidOnceOnly() {
    String text = api("10.0.0.100:6443");
    assertThat(check().found(RULE, text)).isEmpty();
    assertThat(check().found("V036", text)).hasSize(1);
  }

  @Test
  void otherChecksMayAskOthers() {
    assertThat(check().found(RULE, asking("http http://10.9.9.9/"))).isEmpty();
    assertThat(check().found(RULE, asking("tcp vip.example.org:6443"))).isEmpty();
  }
}
