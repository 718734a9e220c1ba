package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.check.host.UnknownHost;

/** A source address that the host has not, beside the examples of the page. */
class SendingRulesTest {

  private static final String RULE = "V038";

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @Test
  void namesTheAddressesOfTheInterfaceAndThePlaceOfTheSetting() {
    String text = instance(100, "mcast_src_ip 10.0.0.9");
    assertThat(check().found(RULE, text))
        .containsExactly(
            "warning: VI_1 is to send from 10.0.0.9, which this host has not: it waits in FAULT"
                + " until it has");
    assertThat(check().places(RULE, text))
        .singleElement()
        .asString()
        .startsWith("a.conf:" + (1 + text.substring(0, text.indexOf("mcast")).lines().count() - 1));
    assertThat(check().hints(RULE, text))
        .containsExactly(
            "check the address; eth0 has 10.0.0.2; if the file is for another host, check it"
                + " there");
  }

  @Test
  void nothingIsSaidOfAnOwnAddressOfAnUnknownHostOrOfOneWithoutTheInterface() {
    String text = instance(100, "unicast_src_ip 10.0.0.9", "unicast_peer { 10.0.0.3 }");
    assertThat(check().found(RULE, text.replace("0.9", "0.2"))).isEmpty();
    assertThat(check().found(RULE, new UnknownHost(), text)).isEmpty();
    assertThat(check().found(RULE, text.replace("eth0", "eth7"))).isEmpty();
    assertThat(check().found(RULE, instance(100))).isEmpty();
  }
}
