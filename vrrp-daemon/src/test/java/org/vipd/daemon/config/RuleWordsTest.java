package org.vipd.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleWordsTest {

  private static List<String> texts(LoadResult result) {
    return result.config().orElseThrow().instances().get(0).extras().virtualRules().stream()
        .map(VirtualRule::text)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from 10.0.0.100/32 table 1 priority 100|from 10.0.0.100/32 table 1 priority 100",
        "from 10.0.0.100 lookup vpn preference 5|from 10.0.0.100/32 table vpn priority 5",
        "to 10.7.0.0/16 table 9 order 7|from all to 10.7.0.0/16 table 9 priority 7",
        "from 0.0.0.0/0 iif eth1 table 9 pref 7|from all iif eth1 table 9 priority 7",
        "from all dev eth1 oif eth2 table 9 priority 7|from all iif eth1 oif eth2 table 9 priority 7",
        "not from 10.0.0.0/8 fwmark 16 table 9 priority 7|not from 10.0.0.0/8 fwmark 0x10 table 9 priority 7",
        "fwmark 0xA/0xff blackhole priority 7|from all fwmark 0xa/0xff blackhole priority 7",
        "from 10.8.0.0/16 unreachable priority 7|from 10.8.0.0/16 unreachable priority 7",
        "to 10.8.0.0/16 prohibit priority 7|from all to 10.8.0.0/16 prohibit priority 7",
        "from 10.8.0.0/16 goto 900 priority 7|from 10.8.0.0/16 goto 900 priority 7",
        "from 10.8.0.0/16 nop priority 7|from 10.8.0.0/16 nop priority 7",
        "from 2001:db8::1 table 1 priority 4294967295|from 2001:db8::1/128 table 1 priority 4294967295",
        "inet6 from all table 1 priority 7|inet6 from all table 1 priority 7",
        "from all table main suppress_prefixlength 0 priority 7|from all table main suppress_prefixlength 0 priority 7",
        "from 10.8.0.0/16 tos 16 table 1 priority 7|from 10.8.0.0/16 tos 0x10 table 1 priority 7",
        "from 2001:db8::/32 dsfield AF11 table 1 priority 7|from 2001:db8::/32 tos 0x28 table 1 priority 7",
        "from 2001:db8::/32 tos 0xB8 table 1 priority 7|from 2001:db8::/32 tos 0xb8 table 1 priority 7",
        "from 10.8.0.0/16 tos default table 1 priority 7|from 10.8.0.0/16 table 1 priority 7",
        "uidrange 100-4294967294 table 1 priority 7|from all uidrange 100-4294967294 table 1 priority 7",
        "ipproto udplite table 1 priority 7|from all ipproto 136 table 1 priority 7",
        "ipproto tcp dport 80-90 sport 1000 table 1 priority 7|from all ipproto 6 sport 1000-1000 dport 80-90 table 1 priority 7",
        "ipproto 47 tunnel-id 77 table 1 priority 7|from all ipproto 47 tunnel-id 77 table 1 priority 7",
        "l3mdev priority 7|from all l3mdev priority 7",
        "table main sup_group 3 suppress_prefixlength 0 priority 7|from all table main suppress_prefixlength 0 suppress_ifgroup 3 priority 7",
        "table main suppress_ifgroup default priority 7|from all table main suppress_ifgroup 0 priority 7",
        "realms 3/4 table 1 priority 7|from all table 1 realms 3/4 priority 7",
        "realms 4 table 1 priority 7|from all table 1 realms 0/4 priority 7",
        "type blackhole priority 7|from all blackhole priority 7",
        "from 10.8.0.0/16 table 1 priority 7 protocol 4 no_track|from 10.8.0.0/16 table 1 protocol 4 priority 7",
      })
  void readsARuleAndWritesItInOneForm(String line, String text) {
    LoadResult result = EntryTexts.read("virtual_rules", line);
    assertThat(texts(result)).containsExactly(text);
    assertThat(VirtualRule.parse(text).orElseThrow().text()).isEqualTo(text);
    assertThat(result.problems()).noneMatch(it -> it.toString().contains("k.conf:8:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from 10.0.0.1 table 1 priority 7 nat 10.0.0.2|k.conf:8:36: warning: nat in a rule is accepted, not yet effective; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 uidrange 2-1|k.conf:8:45: warning: '2-1' begins behind its end; write the smaller number first; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 dport 0|k.conf:8:42: warning: port 0 in a rule: must be a number from 1 to 65535; correct it; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 sport 0-80|k.conf:8:42: warning: port 0 in a rule: must be a number from 1 to 65535; correct it; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 dport 65536|k.conf:8:42: warning: '65536' in a rule must be a number from 0 to 65535; correct it; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 dport http|k.conf:8:42: warning: 'http' in a rule must be a number from 0 to 65535; correct it; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 ipproto smtp|k.conf:8:44: warning: 'smtp' in a rule must be ah, dccp, esp, gre, icmp, ipv6-icmp, ospf, sctp, tcp, udp, udplite, vrrp or a number from 0 to 255; correct it; the rule is not installed|0",
        "from 10.0.0.1 tabel 1 priority 7|k.conf:8:17: warning: 'tabel' is no word of a rule; did you mean table?; the rule is left out, as in keepalived|0",
        "from 10.0.0.1 map-to 10.0.0.2 priority 7|k.conf:8:17: warning: map-to in a rule is accepted, not yet effective; the rule is not installed|0",
        "from 10.0.0.1 tos AF11 table 1 priority 7|k.conf:8:21: warning: the kernel takes no rule for IPv4 with tos AF11; write 4, 8, 12, 16, 20, 24 or 28, or mark the packets and name the fwmark; the rule is not installed|0",
        "from 2001:db8::/32 dsfield 3 table 1 priority 7|k.conf:8:30: warning: the kernel takes no rule for IPv6 with tos 3; write a number that 4 divides; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 tos 0x100|k.conf:8:40: warning: '0x100' in a rule must be a number from 0 to 255; correct it; the rule is not installed|0",
        "from 10.0.0.1 priority 7 type wrong|k.conf:8:33: warning: 'wrong' is no type of a rule; known: blackhole, l3mdev, nop, prohibit, unreachable; the rule is not installed|0",
        "l3mdev table 1 priority 7|k.conf:8:3: warning: a rule has a table or does l3mdev, not both; delete one; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority x|k.conf:8:34: warning: 'x' in a rule must be a number from 0 to 4294967295; correct it; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 wrong|k.conf:8:36: warning: 'wrong' is not known in a rule; correct or delete it; the rule is not installed|0",
        "from ten table 1 priority 7|k.conf:8:8: warning: 'ten' is not an IP address; correct it; the rule is not installed|0",
        "from 10.0.0.1 to 2001:db8::1 table 1 priority 7|k.conf:8:3: warning: a rule is about IPv4 or about IPv6; write two rules; the rule is not installed|0",
        "from 10.0.0.1 goto 5 priority 7|k.conf:8:3: warning: goto leads to a later rule; write a number above the priority; the rule is not installed|0",
        "from 10.0.0.1 table 1 blackhole priority 7|k.conf:8:3: warning: a rule has a table or does blackhole, not both; delete one; the rule is not installed|0",
        "from 10.0.0.1 table 1 priority 7 protocol 4|k.conf:8:36: warning: the protocol of a rule that is tracked is 18; as in keepalived; delete the word, or add no_track|1",
        "from 10.0.0.1 priority 7|k.conf:8:3: warning: the rule says not what to do; name a table; the rule is left out, as in keepalived|0",
      })
  void saysWhatItDoesNotDoAndWhere(String line, String problem, int rules) {
    LoadResult result = EntryTexts.read("virtual_rules", line);
    assertThat(result.problems()).extracting(ConfigProblem::toString).contains(problem);
    assertThat(texts(result)).hasSize(rules);
  }

  @Test
  void refusesAWordWithoutItsValue() {
    LoadResult result = EntryTexts.read("virtual_rules", "from 10.0.0.1 table 1 priority");
    assertThat(result.config()).isEmpty();
    assertThat(result.problems())
        .extracting(ConfigProblem::toString)
        .contains("k.conf:8:25: error: priority needs a value; write it behind");
  }

  /** As keepalived does: each goes before the one above it, IPv4 and IPv6 apart. */
  @Test
  void givesAPriorityToARuleThatHasNone() {
    LoadResult result =
        EntryTexts.read(
            "virtual_rules",
            "from 10.0.0.1 table 1",
            "from 2001:db8::1 table 1",
            "from 10.0.0.2 table 1 priority 9",
            "from 10.0.0.3 table 1");
    assertThat(texts(result))
        .containsExactly(
            "from 10.0.0.1/32 table 1 priority 16384",
            "from 2001:db8::1/128 table 1 priority 16384",
            "from 10.0.0.2/32 table 1 priority 9",
            "from 10.0.0.3/32 table 1 priority 16383");
    assertThat(result.problems())
        .extracting(ConfigProblem::toString)
        .contains(
            "k.conf:11:3: warning: the rule has no priority and gets 16383, as in keepalived;"
                + " write: priority 16383");
  }
}
