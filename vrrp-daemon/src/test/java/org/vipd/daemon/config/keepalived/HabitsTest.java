package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed where somebody writes as in another language. */
class HabitsTest {

  /** Lines are separated by a tilde. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "priority=100|write: priority 100",
        "priority: 100|write: priority 100",
        "priority = 100|write: priority 100",
        "state = BACKUP|write: state BACKUP",
        "state BACKUP;|write state BACKUP",
        "state backup|write state BACKUP",
        "state SLAVE|write state BACKUP, or state MASTER",
        "state BACKUP priority 100|write on a line of its own: priority 100",
        "state BACKUP now|delete it",
        "priority 100;|delete the ';'",
        "priority 100,|delete the ','",
        "advert_int 1s|write 1: the unit is seconds",
        "advert_int 500ms|write 0.5: the unit is seconds",
        "advert_int 2sec|write 2: the unit is seconds",
        "advert_int x|correct the number",
        "garp_master_delay 5;|delete the ';'",
        "authentication {~ auth_type: PASS~ }|write: auth_type PASS",
        "authentication {~ auth_pass = x~ }|auth_pass ends at the blank; what follows is ignored, as in keepalived; delete it: a",
        "authentication {~ auth_pass my word~ }|as in keepalived; put the password in double quotes",
        "prioritty=100|unknown keyword 'prioritty=100' in vrrp_instance is ignored",
        "unicast_peer {~ 10.0.0.3 10.0.0.4~ }|write 10.0.0.4 on a line of its own",
        "unicast_peer {~ 10.0.0.3 ttl~ }|known: min_ttl N, max_ttl N",
        "unicast_peer {~ 10.0.0.3,~ }|delete the ','",
        "unicast_src_ip 10.0.0.3;|delete the ';'",
        "virtual_ipaddress {~ 10.0.0.8/24 10.0.0.9/24~ }|write 10.0.0.9/24 on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8, 10.0.0.9,~ }|delete the ','",
        "virtual_ipaddress {~ 10.0.0.8/24,~ }|delete the ','",
        "virtual_ipaddress {~ host.example,~ }|write a literal address, no name",
        "virtual_ipaddress 10.0.0.5/24|write: virtual_ipaddress { 10.0.0.5/24 }",
        "unicast_peer 10.0.0.3|unicast_peer 10.0.0.3 has no block: its { is missing, so it is ignored",
        "track_script|write: track_script { ... }",
        "virtual_ipaddress {~ 10.0.0.8 255.255.255.0~ }|write the mask as a prefix length: /24",
        "virtual_ipaddress {~ 10.0.0.8/255.255.255.128~ }|write the mask as a prefix length: /25",
        "virtual_ipaddress {~ 10.0.0.8 255.0.255.0~ }|write 255.0.255.0 on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8-10.0.0.9~ }|write each address on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8~ track_interface {~ eth1~ }|is the } of the list missing above it?",
        "vrrp_instance VI_2 {~ priority 5~ }|it belongs to the top of the file: is a } missing above it?",
        "track_interface {~ eth0 eth1~ }|write each on a line of its own",
      })
  void proposesWhatIsMeant(String lines, String hint) {
    assertThat(Loading.problemsOf(lines.split("~ ", -1))).anyMatch(it -> it.contains(hint));
  }

  @Test
  void proposesBracesForADefinitionInTheMiddleOfAWord() {
    String text = "$N=5\n" + Loading.instance("virtual_ipaddress {", "10.0.$N.1/24", "}");
    assertThat(Loading.problems(text))
        .contains("k.conf:7:6: warning: $N stays as it is, because more text follows; write ${N}");
    assertThat(
            Loading.problems(
                "~SEQ(n,1,2) $X=10.$n.1\n" + Loading.instance("~SEQ(n,1,2) debug 1.$n.1")))
        .anyMatch(it -> it.endsWith("$n stays as it is, because more text follows; write ${n}"));
  }

  @Test
  void saysThatABlockHasNoBraces() {
    assertThat(Loading.problems("vrrp_instance VI_1\n interface eth0\n}\n"))
        .contains(
            "k.conf:1:1: error: vrrp_instance VI_1 has no block: its { is missing; write:"
                + " vrrp_instance VI_1 {")
        .noneMatch(it -> it.contains("has no virtual_router_id"));
    assertThat(Loading.problems("vrrp_script chk\nglobal_defs {\n notification_email a@b\n}\n"))
        .contains(
            "k.conf:1:1: warning: vrrp_script chk has no block: its { is missing, so it is ignored;"
                + " write: vrrp_script chk { ... }",
            "k.conf:3:2: warning: notification_email a@b has no block: its { is missing, so it is"
                + " ignored; write: notification_email { a@b }");
  }

  @Test
  void leavesDollarsAloneThatAreNoDefinition() {
    assertThat(Loading.problems("$N=5\n" + Loading.instance("notify_master /x$N.sh", "debug $M.1")))
        .noneMatch(it -> it.contains("more text follows"));
  }
}
