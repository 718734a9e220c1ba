package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        "priority = 100|found '='; delete it: a blank is between keyword and value",
        "state = BACKUP|found '='; BACKUP is used; delete it: a blank is between keyword and value",
        "state BACKUP;|write state BACKUP",
        "state backup|write state BACKUP",
        "state SLAVE|write state BACKUP, or state MASTER",
        "state BACKUP priority 100|write on a line of its own: priority 100",
        "state BACKUP now|delete it",
        "priority 100;|delete the ';'",
        "priority 100.5|write it without a fraction",
        "garp_master_delay 1s|write 1: no unit stands here",
        "advert_int 0,5|write 0.5: decimals follow a dot",
        "auth_type PASS|it belongs into the block authentication",
        "vrrp_script {~ chk~ }|5:1: warning: unknown block 'vrrp_script' in vrrp_instance is ignored; keepalived would ignore the rest of the instance too; did you mean track_script?",
        "<<<<<<< HEAD|it marks a conflict of versions: resolve it",
        "authentication {~ auth_type PASS~ auth_password x~ }|7:1: warning: unknown keyword 'auth_password' in authentication is ignored, so nothing is authenticated; did you mean auth_pass?",
        "state = MASTER;|5:7: warning: state must be MASTER or BACKUP, found '='; BACKUP is used",
        "virtual_ipaddress = 10.0.0.5/24;|write: virtual_ipaddress { 10.0.0.5/24 }",
        "interface = eth1;|5:11: error: '=' cannot be the name of a network interface; write: interface eth1",
        "garp_master_delay −5|write -5 with the minus of the keyboard",
        "// a comment|a comment begins with # or !",
        "priority 90 ; high|a comment begins with # or !",
        "virtual_ipaddress {~ 10.0.0.5 // the web~ }|6:10: warning: what follows the address from '//' on is ignored; a comment begins with # or !",
        "unicast_peer {~ [10.0.0.5, 10.0.0.6]~ }|write 10.0.0.5",
        "virtual_ipaddress {~ - 10.0.0.5~ }|delete it: each line is an address, without a sign before it",
        "Priority 90|did you mean priority?",
        "unicast_src_ip %{ if true }10.0.0.2%{ endif }|this is a template that was not filled in",
        "priority '90'|found ''90''; write 90 without the quotes, or in double quotes",
        "priority “90”|write 90 without the quotes, or in double quotes",
        "advert_int '2'|write 2 without the quotes, or in double quotes",
        "state ‘MASTER’|write MASTER without the quotes, or in double quotes",
        "interface “eth0”|write eth0 without the quotes, or in double quotes",
        "unicast_peer {~ '10.0.0.3'~ }|write 10.0.0.3",
        "virtual_ipaddress {~ 010.000.000.105/024~ }|write 10.0.0.105/24",
        "virtual_ipaddress {~ 10.0.0.105 /24~ }|6:12: warning: the address ends before the blank: '/24' behind it is ignored; write 10.0.0.105/24",
        "virtual_ipaddress {~ 10.0.0.105/ 24~ }|write 10.0.0.105/24 without a blank",
        "virtual_ipaddress {~ 10.0.0.105 / 24~ }|behind it is ignored; write 10.0.0.105/24",
        "virtual_ipaddress {~ “10.0.0.105/24”~ }|write 10.0.0.105/24",
        "priority 0x64|write it in decimal: 100",
        "garp_master_delay 1.5|write it without a fraction",
        "priority 100 {~ preempt~ }|5:1: warning: priority has no block: what is in its braces is ignored; write each setting on a line of its own, without braces",
        "priority 100,|delete the ','",
        "advert_int 1s|write 1: the unit is seconds",
        "advert_int 500ms|write 0.5: the unit is seconds",
        "advert_int 2sec|write 2: the unit is seconds",
        "advert_int x|correct the number",
        "notify_master \"/bin/echo it's\"|5:15: warning: the command has a ' that is not closed; it is taken to end with the command, where keepalived drops the command; close it, or write \\' for the character itself",
        "virtual_ipaddress {~ 10.0.2.-1~ }|write a literal address, no name",
        "authentication {~ auth_typ PASS~ auth_pass x~ }|unknown keyword 'auth_typ' in authentication is ignored, so nothing is authenticated; did you mean auth_type?",
        "authentication {~ auth_pass x~ }|authentication has no auth_type, so it is ignored, as in keepalived; add: auth_type PASS",
        "authentication {~ auth_type PASS~ auth_pas x~ auth_pass x~ }|unknown keyword 'auth_pas' in authentication is ignored; did you mean auth_pass?",
        "authentication {~ foo PASS~ }|authentication has neither auth_type nor auth_pass, so it is ignored, as in keepalived; delete it",
        "authentication { auth_type PASS auth_pass x }|5:33: warning: authentication has no auth_pass on a line of its own, so it is ignored, as in keepalived; write each setting on a line of its own",
        "authentication {~ auth_type PASS auth_pass x~ auth_pass y~ }|6:16: warning: 'auth_pass' after auth_type is ignored; write each setting on a line of its own",
        "authentication {~ auth_type PASS~ auth_pass x~ }~ authentication {~ auth_type PASS~ auth_pass y~ }|5:1: warning: authentication is given again in line 9; what that says counts, as in keepalived; delete one",
        "preempt_delay 5~ nopreempt|preempt_delay has no effect with nopreempt; delete it",
        "preempt_delay 5~ nopreempt~ state MASTER~ priority 5|preempt_delay has no effect with state MASTER; delete it",
        "preempt_delay 5~ state MASTER~ priority 5|preempt_delay has no effect with state MASTER; delete it",
        "priority 100 virtual_routes { 10.1.0.0/16 }|5:14: warning: 'virtual_routes' after priority is ignored, and what follows it; write each setting on a line of its own",
        "garp_master_delay 5;|delete the ';'",
        "authentication {~ auth_type: PASS~ }|write: auth_type PASS",
        "authentication {~ auth_pass = x~ }|auth_pass ends at the blank; what follows is ignored, as in keepalived; delete it: a",
        "authentication {~ auth_pass my word~ }|as in keepalived; put the password in double quotes",
        "prioritty=100|unknown keyword 'prioritty=100' in vrrp_instance is ignored",
        "unicast_peer {~ 10.0.0.3 10.0.0.4~ }|write 10.0.0.4 on a line of its own",
        "unicast_peer {~ 10.0.0.3 ttl~ }|known: min_ttl N, max_ttl N",
        "unicast_peer {~ 10.0.0.3,~ }|write 10.0.0.3",
        "unicast_src_ip 10.0.0.3;|delete the ';'",
        "virtual_ipaddress {~ 10.0.0.8/24 10.0.0.9/24~ }|write 10.0.0.9/24 on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8, 10.0.0.9,~ }|write 10.0.0.8",
        "virtual_ipaddress {~ 10.0.0.8/24,~ }|delete the ','",
        "virtual_ipaddress {~ host.example,~ }|write a literal address, no name",
        "virtual_ipaddress 10.0.0.5/24|write: virtual_ipaddress { 10.0.0.5/24 }",
        "unicast_peer 10.0.0.3|unicast_peer 10.0.0.3 has no block: its { is missing, so it is ignored",
        "track_script|write: track_script { ... }",
        "virtual_ipaddress {~ 10.0.0.8 255.255.255.0~ }|write the mask as a prefix length: /24",
        "virtual_ipaddress {~ 10.0.0.8/255.255.255.128~ }|write the mask as a prefix length: /25",
        "virtual_ipaddress {~ 10.0.0.8 255.0.255.0~ }|write 255.0.255.0 on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8-10.0.0.9~ }|write each address on a line of its own",
        "virtual_ipaddress {~ 10.0.0.8~ track_interface {~ eth1~ }~ }|is the } of the list missing above it?",
        "vrrp_instance VI_2 {~ priority 5~ }|1:1: error: block vrrp_instance is not closed; add the missing } above line 5",
        "track_group {~ x~ }|it belongs to the top of the file: is a } missing above it?",
        "track_interface {~ eth0 eth1~ }|write each on a line of its own",
        "virtual_routes {~ 10.1.0.0/99 via 10.0.0.1~ }|6:1: warning: prefix length of '10.1.0.0/99' must be 0 to 32; correct the number",
        "virtual_routes {~ 10.1.0.0/16 via foo~ }|6:17: warning: 'foo' after via is not an IP address; write a literal address, no name",
        "virtual_routes {~ bogus words~ }|6:1: warning: 'bogus' cannot begin a route; write the destination first",
        "virtual_rules {~ frm 10.0.0.0/8 table 7~ }|6:1: warning: 'frm' cannot begin a rule; did you mean from?",
        "virtual_rules {~ from 10.0.0.0/8~ }|6:1: warning: the rule says not what to do; name a table",
        "virtual_ipaddress_excluded {~ 2001:db8::4/64 scope link~ }|6:16: warning: the scope of an IPv6 address follows from itself; scope is ignored, as in keepalived; delete it",
        "priority|priority needs a number from 1 to 255; write it behind, or delete the line",
      })
  void proposesWhatIsMeant(String lines, String hint) {
    assertThat(Loading.problemsOf(lines.split("~ ", -1))).anyMatch(it -> it.contains(hint));
  }

  @Test
  void namesTheWaysToPollALink() {
    assertThat(Loading.problems("linkbeat_interfaces {\n eth0 FOO\n}\n" + Loading.instance()))
        .contains(
            "k.conf:2:7: warning: 'FOO' is no way to poll a link and is ignored, as in"
                + " keepalived; write MII, ETHTOOL or IOCTL, or"
                + " nothing");
    assertThat(Loading.problems("linkbeat_interfaces {\n eth0 MII\n}\n" + Loading.instance()))
        .noneMatch(it -> it.contains("no way"));
  }

  @Test
  void saysNothingOfRoutesAndRulesThatAreRight() {
    String[] right = {
      "virtual_routes {",
      "src 10.0.0.100 to 10.2.0.0/16 via 10.0.0.1",
      "10.3.0.0/16 via inet 10.0.0.1 dev eth0 table 100 metric 5",
      "default via 10.0.0.1",
      "blackhole 10.9.0.0/16",
      "}",
      "virtual_rules {",
      "from 10.0.0.100 table 100 priority 5",
      "to 10.7.0.0/16 lookup 101 priority 6",
      "from 10.8.0.0/16 blackhole priority 7",
      "}"
    };
    assertThat(Loading.problemsOf(right)).isEmpty();
  }

  @Test
  void seesWhatStandsBehindTheFirstSettingOfALine() {
    assertThat(
            Loading.problems(
                "vrrp_instance VI_1 { interface eth0 virtual_router_id 7 priority 100"
                    + " virtual_ipaddress { 10.0.0.100/24 } }"))
        .contains(
            "k.conf:1:37: error: vrrp_instance VI_1 has no virtual_router_id on a line of its own;"
                + " write each setting on a line of its own")
        .noneMatch(it -> it.contains("k.conf:1:37: warning") || it.contains("add: "));
  }

  @Test
  void proposesBracesForADefinitionInTheMiddleOfAWord() {
    String text = "$N=5\n" + Loading.instance("virtual_ipaddress {", "10.0.$N.1/24", "}");
    assertThat(Loading.problems(text))
        .contains(
            "k.conf:7:1: warning: '10.0.$N.1/24' is not an IP address and is skipped; $N stays as"
                + " it is, because more text follows: write ${N}");
    assertThat(
            Loading.problems(
                "~SEQ(n,1,2) $X=10.$n.1\n" + Loading.instance("~SEQ(n,1,2) debug 1.$n.1")))
        .anyMatch(it -> it.endsWith("$n stays as it is, because more text follows; write ${n}"));
  }

  @Test
  void proposesBracesForADefinitionInACommand() {
    assertThat(Loading.problems("$X=foo\n" + Loading.instance("notify_backup \"/bin/echo $X\"")))
        .contains("k.conf:6:26: warning: $X stays as it is, because more text follows; write ${X}");
    assertThat(Loading.problems("$X=foo\n" + Loading.instance("notify_backup \"sh -c 'echo $X'\"")))
        .anyMatch(it -> it.endsWith("$X stays as it is, because more text follows; write ${X}"));
  }

  /**
   * A warning where keepalived ignores the line; an error, and no other, where nothing runs. A
   * tilde ends a line.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "virtual_router_id 51|virtual_router_id\u00a051|3:3: error: unknown keyword 'virtual_router_id\\xa051' in vrrp_instance, which has no virtual_router_id without it; the character U+00A0 in it is no blank, it only looks so: delete it",
        "virtual_router_id 51|virtual_router_id=51|3:3: error: unknown keyword 'virtual_router_id=51' in vrrp_instance, which has no virtual_router_id without it; write: virtual_router_id 51",
        "virtual_router_id 51|virtual_router-id 51|3:3: error: unknown keyword 'virtual_router-id' in vrrp_instance, which has no virtual_router_id without it; did you mean virtual_router_id?",
        "interface eth0|\u00a0\u00a0interface eth0|2:3: error: unknown keyword '\\xa0\\xa0interface' in vrrp_instance, which has no interface without it; the character U+00A0 in it is no blank, it only looks so: delete it",
        "virtual_ipaddress {|virtual_ipaddress {{|4:22: warning: opening brace given twice; the second one is ignored, as in keepalived; delete one",
        "VI_1 {|VI_1 {{|1:21: warning: opening brace given twice; the second one is ignored, as in keepalived; delete one",
        "VI_1 {|VI 1 {|1:18: warning: '1' after vrrp_instance is ignored; a name is one word, or in double quotes",
        "virtual_ipaddress { 10.0.0.100 }|authentication {~ auth_type PASS~ auth_passx~}~virtual_ipaddress { 10.0.0.100 }|6:2: warning: unknown keyword 'auth_pass (not shown)' in authentication is ignored, so nothing is authenticated; did you mean auth_pass?",
        "}|auth_hmac {~ key1 secretsecretsecretsecretsecretsecret~ active_key 1~}~}|7:2: error: unknown keyword in auth_hmac, which begins with key; write: key NUMBER SECRET",
        "}|auth_hmac {~ key 1 secret~ active_key 1~}~}|7:8: error: HMAC key 1 must have 32..64 bytes, got 6; make one: openssl rand -hex 32, after hex:",
        "virtual_router_id 51|virtual_router 51|3:3: error: unknown keyword 'virtual_router' in vrrp_instance, which has no virtual_router_id without it; did you mean virtual_router_id?",
        "virtual_router_id 51|vrid 51|3:3: error: unknown keyword 'vrid' in vrrp_instance, which has no virtual_router_id without it; did you mean virtual_router_id?",
        "interface eth0|interfce eth0|2:3: error: unknown keyword 'interfce' in vrrp_instance, which has no interface without it; did you mean interface?",
        "virtual_ipaddress {|virtual_ipadress {|4:3: warning: unknown block 'virtual_ipadress' in vrrp_instance is ignored; keepalived would ignore the rest of the instance too; did you mean virtual_ipaddress?",
      })
  void saysOnceWhatIsWrong(String line, String written, String message) {
    String all = Loading.instance();
    int at = line.equals("}") ? all.lastIndexOf(line) : all.indexOf(line);
    String text =
        all.substring(0, at) + written.replace('~', '\n') + all.substring(at + line.length());
    assertThat(Loading.problems(text)).containsExactly("k.conf:" + message);
  }

  @Test
  void saysWhatIsWrongWithADefinition() {
    assertThat(Loading.problems("$PRIO = 50\n" + Loading.instance("notify /bin/true")))
        .containsExactly(
            "k.conf:1:1: warning: unknown keyword '$PRIO' at the top of the file is ignored; write"
                + " without blanks: $PRIO=...");
    assertThat(Loading.problems(Loading.instance("notify_master \"/bin/echo ${_ENV NO_SUCH}\"")))
        .containsExactly(
            "k.conf:5:26: warning: the environment has no variable NO_SUCH, so nothing stands here,"
                + " as in keepalived; set it where the daemon is started");
    assertThat(Loading.problems("includ x\n" + Loading.instance()))
        .containsExactly(
            "k.conf:1:1: warning: unknown keyword 'includ' at the top of the file is ignored; did"
                + " you mean include?");
  }

  @Test
  void doesNotShowAPasswordOnALineOfItsOwn() {
    assertThat(
            Loading.problems(
                Loading.instance("authentication {\n auth_type PASS\n auth_pass\n hunter2\n}")))
        .noneMatch(it -> it.contains("hunter2"))
        .anyMatch(it -> it.contains("unknown keyword (not shown) in authentication"));
  }

  @ParameterizedTest
  @CsvSource({
    "$S=hunter2,auth_pass $S,priority $S",
    "$S=hunter2,auth_pass ${S},state ${S}",
    "$S=hunter2,auth_pass x$S,unicast_peer { $S }",
    "$S=hunter2,auth_pass $S,$S 5",
    "$A=hunter2~$S=$A,auth_pass $S,priority $A",
    "$S=hunter2,'~LST(p,$S) auth_pass $p',track_script { $S }",
    "$S=hunter2,'~LST(p,hunter2) auth_pass $p',priority $S",
  })
  void doesNotShowADefinitionThatIsAPassword(String defined, String password, String line) {
    String text =
        defined.replace('~', '\n')
            + "\n"
            + Loading.instance("authentication {", "auth_type PASS", password, "}", line);
    assertThat(Loading.problems(text))
        .noneMatch(it -> it.contains("hunter2"))
        .anyMatch(it -> it.contains("(not shown)"));
    assertThat(Loading.problems("$S=hunter2\n" + Loading.instance("priority $S")))
        .anyMatch(it -> it.contains("found 'hunter2'"));
  }

  @Test
  void doesNotShowTheBeginningOfALongKeyEither() {
    String key = "0123456789abcdef".repeat(4);
    String block = "auth_hmac {\n key 1 $K\n active_key 1\n}";
    assertThat(Loading.problems("$K=" + key + "\n" + Loading.instance(block, "priority $K")))
        .noneMatch(it -> it.contains("0123456789"))
        .anyMatch(it -> it.contains("found '(not shown)'"));
  }

  @Test
  void proposesABraceForABracket() {
    assertThat(Loading.problems(Loading.instance("track_interface [", "eth1", "]")))
        .anyMatch(it -> it.endsWith("so it is ignored; write: track_interface { ... }"));
    assertThat(Loading.problems("vrrp_instance A (\n interface eth0\n}\n"))
        .anyMatch(it -> it.endsWith("as in keepalived; write: vrrp_instance A {"));
  }

  @Test
  void saysOfAGroupOnceThatAMemberIsMissing() {
    assertThat(
            Loading.problems(
                "vrrp_sync_group G {\n group {\n  VI_1\n  VI_2\n }\n}\n" + Loading.instance()))
        .singleElement()
        .asString()
        .contains("lists VI_2");
  }

  @Test
  void saysThatABlockHasNoBraces() {
    assertThat(Loading.problems(Loading.instance().replaceFirst(" \\{", "")))
        .containsExactly(
            "k.conf:1:1: warning: vrrp_instance VI_1 has no block: its { is missing; it is read as"
                + " if it stood there, as in keepalived; write: vrrp_instance VI_1 {");
    assertThat(Loading.problems("vrrp_instance VI_2\n" + Loading.instance()))
        .containsExactly(
            "k.conf:1:1: error: vrrp_instance VI_2 has no block: its { is missing; write:"
                + " vrrp_instance VI_2 {");
    assertThat(Loading.problems("vrrp_script chk\nglobal_defs {\n notification_email a@b\n}\n"))
        .contains(
            "k.conf:1:1: warning: vrrp_script chk has no block: its { is missing, so it is ignored;"
                + " write: vrrp_script chk { ... }",
            "k.conf:3:2: warning: notification_email a@b has no block: its { is missing, so it is"
                + " ignored; write: notification_email { a@b }");
  }

  @Test
  void leavesDollarsAloneThatAreNoDefinition() {
    assertThat(Loading.problems("$N=5\n" + Loading.instance("notify_master /x$M.sh", "debug $M.1")))
        .noneMatch(it -> it.contains("more text follows"));
  }

  @Test
  void saysOfASignForAValueOnlyThat() {
    for (String line : List.of("state = MASTER;", "priority = 90;", "advert_int = 1;")) {
      assertThat(Loading.problemsOf(line)).hasSize(1);
    }
  }
}
