package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerRulesTest {

  private static final String TWO = "unicast_peer { 10.0.0.2\n 10.0.0.3\n }";

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  @Test
  void asksWhomAFileIsForThatListsThisHost() {
    assertThat(check().found("V015", instance(100, TWO)))
        .containsExactly(
            "note: VI_1 lists 10.0.0.2 as a peer, which is an address of this host: is the file for"
                + " another one?");
  }

  @Test
  void doesNotAskWhenTheFileSaysWhoseItIs() {
    assertThat(check().found("V015", instance(100, "unicast_src_ip 10.0.0.9", TWO))).isEmpty();
    assertThat(check().found("V015", instance(100, TWO), instance(90, TWO))).isEmpty();
  }

  @Test
  void warnsOfAVirtualAddressAmongThePeers() {
    assertThat(check().found("V015", instance(100, "unicast_peer { 10.0.0.100 }")))
        .containsExactly("warning: VI_1 lists its virtual address 10.0.0.100 as a peer");
  }

  @ParameterizedTest
  @CsvSource({"224.0.0.18, a multicast address", "127.0.0.1, a loopback address"})
  void warnsOfAPeerThatIsNoHost(String peer, String what) {
    assertThat(check().found("V019", instance(100, "unicast_peer { " + peer + " }")))
        .containsExactly("warning: peer " + peer + " of VI_1 is " + what + ": no router has it");
  }

  @Test
  void saysNothingWhenAllNodesSendInTheSameWay() {
    assertThat(check().found("V027", instance(100), instance(90))).isEmpty();
    assertThat(check().found("V027", instance(100, TWO), instance(90, TWO))).isEmpty();
    assertThat(check().found("V027", instance(100), instance(90, TWO)))
        .containsExactly(
            "warning: VI_1 sends to peers here and by multicast in a.conf: who sends to peers does"
                + " not listen to multicast");
  }

  @Test
  void givesOneNoteForAllInstancesThatDoNotRefresh() {
    String other = instance(100).replace("VI_1", "VI_2").replace("_id 7", "_id 8");
    assertThat(check().found("V028", instance(100) + other))
        .singleElement()
        .asString()
        .startsWith("note: VI_1 and 1 more announce their addresses only after a takeover");
    assertThat(check().found("V028", "global_defs { vrrp_garp_master_refresh 60 }\n" + instance(1)))
        .isEmpty();
  }
}
