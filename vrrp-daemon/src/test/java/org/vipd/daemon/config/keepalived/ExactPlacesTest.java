package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** A message points at the word that it is about, not at the block around it. */
class ExactPlacesTest {

  private static final String GROUP =
      """
      vrrp_sync_group G {
        group {
          VI_1
          VI_9
        }
        track_script {
          none
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "track_interface {; eth0;}|6:2|tracks its own interface",
        "virtual_ipaddress {; 10.0.0.101; fe80::1/64;}|7:2|mixes IPv4 and IPv6: fe80::1",
        "virtual_ipaddress {; 10.0.0.101; 10.0.0.100/24;}|7:2|lists 10.0.0.100 twice",
        "state MASTER|5:1|says state MASTER and no priority",
        "state MASTER;state BACKUP|5:1|says state MASTER and no priority",
        "state BACKUP;state MASTER|6:1|says state MASTER and no priority",
        "nopreempt;preempt_delay 5|6:1|preempt_delay has no effect",
        "priority 100;unicast_src_ip fe80::1;unicast_peer {; 10.0.0.3;}|6:1|source address fe80::1",
        "unicast_peer {; 10.0.0.3; fe80::1;}|7:2|unicast peer fe80::1 is of the other family",
        "priority 100;unicast_src_ip 10.0.0.2|6:1|has a unicast setting but no unicast_peer",
        "priority 100;unicast_peer {;}|6:1|has a unicast setting but no unicast_peer",
        "strict_mode;unicast_peer {; 10.0.0.3;}|6:1|strict mode forbids unicast",
        "priority 100;mcast_dst_ip ff02::12|6:1|is of the other family and is ignored",
        "track_script {; none;}|6:2|tracks script 'none', which is not defined",
        "track_process {; none;}|6:2|tracks process 'none', which is not defined",
        "priority 5;priority 6|5:1|priority is given again in line 6; the last one that can be used counts",
        "priority 100;nopreempt;preempt|6:1|nopreempt is taken back by preempt in line 7",
        "accept;no_accept;accept|6:1|no_accept is taken back by accept in line 7",
        "state BACKUP;state MASTER|6:7|state MASTER after state BACKUP counts",
        "authentication {; auth_type PASS; auth_pass a; auth_pass b;}|8:2|auth_pass is given again",
        "authentication {; auth_type AH; auth_type PASS; auth_pass a;}|7:2|auth_type is given again"
      })
  void isThatOfTheWord(String lines, String place, String text) {
    String[] written = lines.split(";", -1);
    assertThat(Loading.problemsOf(written))
        .filteredOn(it -> it.contains(text))
        .singleElement()
        .asString()
        .startsWith("k.conf:" + place + ": ");
  }

  @Test
  void isThatOfTheMemberOfAGroup() {
    List<String> problems = Loading.problems(GROUP + Loading.instance());
    assertThat(problems)
        .anyMatch(it -> it.startsWith("k.conf:4:5: ") && it.contains("lists VI_9"))
        .anyMatch(it -> it.startsWith("k.conf:7:5: ") && it.contains("tracks script 'none'"));
  }

  @Test
  void saysOnlyWhereItIsDefinedWhySomethingCannotBeUsed() {
    String group = GROUP.replace("VI_9", "VI_2").replace("none", "chk");
    String left = "vrrp_script chk {\n interval 2\n}\nvrrp_instance VI_2 {\n interface eth0\n}\n";
    assertThat(Loading.problems(group + Loading.instance() + left))
        .anyMatch(it -> it.contains("vrrp_script chk has no script and is left out"))
        .anyMatch(it -> it.contains("vrrp_instance VI_2 has no virtual_router_id"))
        .noneMatch(it -> it.contains("lists VI_2") || it.contains("tracks script"));
    assertThat(Loading.problems(GROUP.replace("VI_9", "VI_l") + Loading.instance()))
        .anyMatch(it -> it.endsWith("lists VI_l, which is no instance; did you mean VI_1?"));
  }

  @Test
  void isThatOfTheSecondIdentity() {
    String other = Loading.instance().replace("VI_1", "VI_2");
    assertThat(Loading.problems(Loading.instance() + other))
        .singleElement()
        .asString()
        .startsWith("k.conf:9:3: error: virtual_router_id 51 is used twice");
  }

  @Test
  void isThatOfTheListThatIsMeant() throws IOException {
    PlaceFinder places =
        places(
            """
            vrrp_instance V {
              unicast_peer {
                10.0.0.3
              }
              virtual_ipaddress {
                10.0.0.3/24
                fe80:0::1
              }
              notify_master /bin/a
              notify_master /bin/b
              priority 1
              priority 2
            }
            """);
    Place block = new Place(folder.resolve("k.conf").toString(), 1, 1);
    assertThat(places.find(block, "virtual_ipaddress", "10.0.0.3").line()).isEqualTo(6);
    assertThat(places.find(block, "unicast_peer", "10.0.0.3").line()).isEqualTo(3);
    assertThat(places.find(block, "unicast_peer", "10.0.0.9").line()).isEqualTo(2);
    assertThat(places.find(block, "track_script", "x")).isEqualTo(block);
    assertThat(places.find(block, "fe80::1").line()).isEqualTo(7);
    assertThat(places.find(block, "notify_master").line()).isEqualTo(9);
    assertThat(places.find(block, "priority").line()).isEqualTo(12);
    assertThat(places.find(block, "nothing")).isEqualTo(block);
  }

  private PlaceFinder places(String text) throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, text);
    return KeepalivedReader.readWithPlaces(file, SourceOptions.ofHost()).places();
  }
}
