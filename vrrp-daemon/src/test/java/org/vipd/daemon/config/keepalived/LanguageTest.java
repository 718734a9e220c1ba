package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.keepalived.Loading.instance;
import static org.vipd.daemon.config.keepalived.Loading.load;
import static org.vipd.daemon.config.keepalived.Loading.model;
import static org.vipd.daemon.config.keepalived.Loading.only;
import static org.vipd.daemon.config.keepalived.Loading.problems;
import static org.vipd.daemon.config.keepalived.Loading.problemsOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.protocol.machine.AnnouncePolicy;
import org.vipd.protocol.value.VrrpVersion;

class LanguageTest {

  private static String global(String... lines) {
    return "global_defs {\n" + String.join("\n", lines) + "\n}\n";
  }

  /** As in keepalived 2.2.7, measured by its dump: the last value holds for all instances. */
  @Test
  void readsGlobalSettingsWhereverTheyStand() {
    String first = global("vrrp_garp_master_delay 7", "vrrp_garp_master_refresh 61");
    String second = global("vrrp_garp_master_delay 8", "vrrp_version 3");
    InstanceConfig between = model(first + instance() + second).instances().get(0);
    InstanceConfig below = model(instance() + first + second).instances().get(0);
    InstanceConfig above = model(first + second + instance()).instances().get(0);
    assertThat(between).usingRecursiveComparison().ignoringFields("place").isEqualTo(above);
    assertThat(below).usingRecursiveComparison().ignoringFields("place").isEqualTo(above);
    assertThat(above.version()).isEqualTo(VrrpVersion.V3);
    assertThat(model(second + instance() + first).instances().get(0))
        .usingRecursiveComparison()
        .ignoringFields("place")
        .isNotEqualTo(above);
  }

  /** As in keepalived 2.2.7, measured by its dump: what is written counts, wherever it stands. */
  @Test
  void sendsFewAnnouncementsOnlyWhereTheFileDoesNotSayHowMany() {
    AnnouncePolicy few = announcements("vrrp_min_garp");
    assertThat(few.repeat()).isEqualTo(1);
    assertThat(few.delayNanos()).isZero();
    AnnouncePolicy written =
        announcements("vrrp_garp_master_delay 7", "vrrp_min_garp", "vrrp_garp_master_repeat 3");
    assertThat(written.repeat()).isEqualTo(3);
    assertThat(written.delayNanos()).isEqualTo(7_000_000_000L);
    assertThat(written.rival().repeat()).isEqualTo(3);
    assertThat(written.rival().delayNanos()).isEqualTo(7_000_000_000L);
  }

  private static AnnouncePolicy announcements(String... lines) {
    return model(global(lines) + instance()).instances().get(0).election().announcements();
  }

  private static final String ONE_LINE =
      """
      vrrp_instance VI_1 { interface eth0
      virtual_router_id 51
      priority 7
      virtual_ipaddress { 10.0.0.100 } }""";

  @Test
  void ignoresCommentsAfterEitherSign() {
    assertThat(problemsOf("# whole line", "! whole line", "priority 7 # rest", "#{", "!}"))
        .isEmpty();
    assertThat(only("priority 7 ! 8").election().priority().value()).isEqualTo(7);
  }

  @Test
  void goesOnWithADefinitionAfterAComment() {
    String text = "$D=\\\n priority 90 \\\n # why\n nopreempt\n" + Loading.instance("$D");
    assertThat(Loading.problems(text)).isEmpty();
    assertThat(model(text).instances().get(0).election().preempts()).isFalse();
  }

  @Test
  void keepsCommentSignsInsideQuotes() {
    assertThat(model("global_defs { router_id \"a#b!c\" }\n" + instance()).routerId())
        .contains("a#b!c");
  }

  @Test
  void endsAWordAtACommentSignOutsideQuotes() {
    assertThat(model("global_defs {\nrouter_id a#b\n}\n" + instance()).routerId()).contains("a");
  }

  @Test
  void takesBracesGluedToWordsAndOnLinesOfTheirOwn() {
    String glued =
        """
        vrrp_instance VI_1{interface eth0
        virtual_router_id 51
        priority 7
        virtual_ipaddress{10.0.0.100}}
        """;
    String apart =
        """
        vrrp_instance VI_1
        {
        interface eth0
        virtual_router_id 51
        priority 7
        virtual_ipaddress
        {
        10.0.0.100
        }
        }
        """;
    assertThat(problems(glued)).isEmpty();
    assertThat(problems(apart)).isEmpty();
    assertThat(model(glued).instances().get(0).election().priority().value()).isEqualTo(7);
    assertThat(model(apart).instances().get(0).addresses()).hasSize(1);
  }

  @Test
  void takesABlockOnOneLine() {
    assertThat(problems(ONE_LINE)).isEmpty();
    assertThat(model(ONE_LINE).instances()).hasSize(1);
  }

  @Test
  void readsTheSameWithLineEndsOfWindowsAndAByteOrderMark() {
    assertThat(model("\uFEFF" + ONE_LINE.replace("\n", "\r\n"))).isEqualTo(model(ONE_LINE));
    assertThat(problems(ONE_LINE.replace("\n", "\r\n"))).isEmpty();
    assertThat(problems("\uFEFF" + ONE_LINE))
        .containsExactly(
            "k.conf:1:1: note: the byte order mark is skipped; keepalived would take it for part of"
                + " the first keyword; save the file without one");
  }

  @Test
  void readsTabsAndMissingLineEnds() {
    String tabs = ONE_LINE.replace("priority 7", "\tpriority\t7\t");
    assertThat(model(tabs).instances().get(0).election().priority().value()).isEqualTo(7);
  }

  @Test
  void warnsOfAnUnknownKeywordAndUsesTheRest() {
    assertThat(problemsOf("  warp_speed 9", "priority 7"))
        .containsExactly(
            "k.conf:5:3: warning: unknown keyword 'warp_speed' in vrrp_instance is ignored");
    assertThat(only("  warp_speed 9", "priority 7").election().priority().value()).isEqualTo(7);
  }

  @Test
  void warnsOfAnUnknownBlockAndSkipsItWhole() {
    String text = "flux {\n priority 300\n inner { x }\n}\n" + instance("priority 7");
    assertThat(problems(text))
        .containsExactly(
            "k.conf:1:1: warning: unknown block 'flux' at the top of the file is ignored;"
                + " everything up to its closing brace is skipped");
    assertThat(model(text).instances().get(0).election().priority().value()).isEqualTo(7);
  }

  @Test
  void skipsLoadBalancingWithOneWarning() {
    String lvs = "virtual_server 10.0.0.1 80 {\n real_server 10.0.0.2 80 {\n }\n}\n";
    assertThat(problems(lvs + lvs + instance()))
        .containsExactly(
            "k.conf:1:1: warning: LVS blocks such as virtual_server are skipped: vipd does not"
                + " balance load; keep them in a keepalived of their own");
  }

  @Test
  void namesARouterThatALoadBalancingBlockSwallows() {
    String lvs = "virtual_server 10.0.0.1 80 {\n real_server 10.0.0.2 80 {\n }\n";
    assertThat(problems(lvs + instance() + "}\n"))
        .contains(
            "k.conf:1:1: error: block virtual_server is not closed; add the missing } above line 4")
        .noneMatch(it -> it.contains("vrrp_instance"));
    assertThat(problems(lvs + "vrrp_instance VI_1\n}\n"))
        .anyMatch(
            it ->
                it.startsWith("k.conf:4:")
                    && it.endsWith(
                        "error: vrrp_instance stands in the block virtual_server, which is skipped;"
                            + " is a } missing above it?"));
  }

  @Test
  void refusesABlockThatIsNotClosedAndNamesItsStart() {
    String text = "global_defs {\n router_id x\n" + instance();
    assertThat(load(text).config()).isEmpty();
    assertThat(problems(text))
        .contains(
            "k.conf:1:1: error: block global_defs is not closed; add the missing } above line 3");
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    assertThat(load(instance("notify \"/bin/true")).config()).isEmpty();
    assertThat(problemsOf("notify \"/bin/true"))
        .contains("k.conf:5:8: error: quote is not closed on this line; add the closing \"");
  }

  @Test
  void warnsOfAClosingBraceTooMany() {
    assertThat(problems(instance() + "}\n"))
        .containsExactly("k.conf:7:1: warning: closing brace without an opening one; delete it");
    assertThat(load(instance() + "}\n").config()).isPresent();
  }

  /** Lines are separated by a tilde; what follows the brace is read as it is meant. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vrrp_script c~ script /bin/true~ interval 2~}|1:1: warning: vrrp_script c has no block: its { is missing; it is read as if it stood there, as in keepalived; write: vrrp_script c {",
        "vrrp_instance A~ interface eth0~ virtual_router_id 7~ virtual_ipaddress {~ 10.0.0.7~ }~}|1:1: warning: vrrp_instance A has no block: its { is missing; it is read as if it stood there, as in keepalived; write: vrrp_instance A {",
        "vrrp_instance A {~ interface eth0~ virtual_router_id 7~ virtual_ipaddress~ 10.0.0.7~ }~ priority 7~}|4:2: warning: virtual_ipaddress has no block: its { is missing; it is read as if it stood there, as in keepalived; write: virtual_ipaddress {",
        "vrrp_instance A {~ interface eth0~ virtual_router_id 7~ virtual_ipaddress {~ 10.0.0.7~ }~ }~ priority 7~ track_interface {~ eth1~ }~ nopreempt~}|7:2: warning: closing brace too many: this one ends vrrp_instance A, and that of line 13 closes nothing; from line 8 to line 12 all is ignored, as in keepalived, and not checked; delete one of the two",
        "vrrp_instance A {~ interface eth0~ virtual_router_id 7~ virtual_ipaddress {~ 10.0.0.7~ priority 7~ track_interface {~ eth1~ }~}|4:2: error: block virtual_ipaddress is not closed; add the missing } above line 6",
        "vrrp_instance A {~ interface eth0~ virtual_router_id 7~ virtual_ipaddress {~ 10.0.0.7~ }|1:1: error: block vrrp_instance is not closed; add the missing } above line 7",
        "track_file f {~ file /x|1:1: error: block track_file is not closed; add the missing } above line 3",
      })
  void tellsOfALostBraceOnceAndReadsTheRest(String lines, String message) {
    List<String> problems =
        problems(lines.replace("~ ", "\n ").replace('~', '\n') + "\n" + instance("priority 300"));
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).isEqualTo("k.conf:" + message);
    assertThat(problems.get(1)).contains("error: priority must be a whole number from 1 to 255");
  }

  /** What keepalived runs, and what its author meant. */
  @Test
  void runsWithABraceThatIsMissingAtTheBeginning() {
    String text =
        """
        vrrp_script c
         script /bin/true
         interval 7
        }
        vrrp_instance A
         interface eth0
         virtual_router_id 7
         virtual_ipaddress
          10.0.0.7
         }
         track_script {
          c
         }
         priority 7
        }
        """;
    DaemonConfig config = model(text);
    assertThat(config.checks().get(0).schedule().interval().toSeconds()).isEqualTo(7);
    assertThat(config.instances().get(0).election().priority().value()).isEqualTo(7);
    assertThat(config.instances().get(0).addresses()).hasSize(1);
    assertThat(config.instances().get(0).tracks()).hasSize(1);
  }

  @Test
  void tellsOfLostBracesInEachBlockForItself() {
    String text =
        """
        global_defs {
         notification_email {
          a@b
         smtp_server 10.0.0.1
        }
        vrrp_sync_group G {
         group {
          A B

         notify_master /bin/true
        }
        vrrp_instance A {
         interface eth0
         virtual_router_id 7
         authentication
          auth_type PASS
          auth_pass x
         }
         virtual_ipaddress {
          10.0.0.1
         }
        }
        vrrp_instance B {
         interface eth0
         virtual_router_id 8
         virtual_ipaddress {
          10.0.0.2
        """;
    assertThat(problems(text))
        .containsExactly(
            "k.conf:2:2: error: block notification_email is not closed; add the missing } above"
                + " line 4",
            "k.conf:7:2: error: block group is not closed; add the missing } above line 10",
            "k.conf:15:2: warning: authentication has no block: its { is missing; it is read as if"
                + " it stood there, as in keepalived; write: authentication {",
            "k.conf:23:1: error: block vrrp_instance is not closed; add the missing }",
            "k.conf:26:2: error: block virtual_ipaddress is not closed; add the missing }");
  }

  @Test
  void tellsOfBothBracesOfABlock() {
    String text = instance().replaceFirst(" \\{", "").replaceFirst("\\}\\s*$", "");
    assertThat(
            problems(text + instance("priority 300").replace("VI_1", "VI_2").replace("51", "52")))
        .containsExactly(
            "k.conf:1:1: error: block vrrp_instance is not closed; add the missing } above line 6",
            "k.conf:1:1: warning: vrrp_instance VI_1 has no block: its { is missing; it is read as"
                + " if it stood there, as in keepalived; write: vrrp_instance VI_1 {",
            "k.conf:10:10: error: priority must be a whole number from 1 to 255, found '300'");
  }

  @Test
  void leavesBracesAloneThatItCannotExplain() {
    assertThat(problems("}\n" + instance()))
        .containsExactly("k.conf:1:1: warning: closing brace without an opening one; delete it");
    assertThat(problems(instance() + "flux {\n}\n}\n"))
        .contains("k.conf:9:1: warning: closing brace without an opening one; delete it");
    assertThat(load("vrrp_instance A\n}\n".repeat(50_000)).config()).isEmpty();
  }

  @Test
  void refusesABlockWithoutAName() {
    assertThat(problems("{\n}\n" + instance()))
        .containsExactly(
            "k.conf:1:1: error: block without a name; write a keyword before the brace");
  }

  @Test
  void refusesBlocksNestedWithoutEnd() {
    assertThat(load("a {\n".repeat(50_000)).config()).isEmpty();
    assertThat(problems("a {\n".repeat(50_000)))
        .contains("k.conf:65:1: error: blocks are nested more than 64 deep");
  }

  @Test
  void idlesWithAFileWithoutAnInstance() {
    assertThat(problems(""))
        .containsExactly(
            "k.conf: warning: defines no vrrp_instance, so no address moves; add a"
                + " vrrp_instance block");
    assertThat(load("").config()).isPresent();
  }

  @Test
  void reportsAllProblemsAtOnceInTheOrderOfTheFile() {
    List<String> problems = problemsOf("priority 300", "advert_int x", "bogus 1");
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).startsWith("k.conf:5:10: error: priority");
    assertThat(problems.get(1)).startsWith("k.conf:6:12: warning: advert_int");
    assertThat(problems.get(2)).startsWith("k.conf:7:1: warning: unknown keyword");
  }

  @Test
  void keepsAThousandWarningsAndCountsTheRest() {
    List<String> problems = problems("bogus\n".repeat(1500) + instance());
    assertThat(problems).hasSize(1001);
    assertThat(problems.get(1000)).isEqualTo("k.conf: warning: 500 more problems are not shown");
  }

  @Test
  void appliesGlobalSettingsWhereverTheyStand() {
    DaemonConfig after = model(instance() + "global_defs { vrrp_version 3 }\n");
    DaemonConfig before = model("global_defs { vrrp_version 3 }\n" + instance());
    assertThat(after.instances().get(0).version()).isEqualTo(before.instances().get(0).version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "priority",
        "virtual_router_id",
        "interface",
        "advert_int",
        "unicast_src_ip",
        "notify_master"
      })
  void saysWhatAKeywordWithoutValueNeeds(String keyword) {
    assertThat(problemsOf(" " + keyword))
        .anyMatch(it -> it.startsWith("k.conf:5:2: error: " + keyword + " needs "));
  }
}
