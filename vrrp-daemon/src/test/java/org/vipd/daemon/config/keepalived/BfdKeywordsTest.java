package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that cannot come up are named before anybody waits for them. */
class BfdKeywordsTest {

  private static String text(String lines) {
    return "bfd_instance b {\n"
        + lines.replace(";", "\n")
        + "\n}\n"
        + Loading.instance("track_bfd { b }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "neighbor_ip fe80::9 | its neighbour fe80::9 is link-local, and a session has no interface; use"
            + " a global address",
        "neighbor_ip 224.0.0.9 | its neighbour 224.0.0.9 is a multicast address, not one host",
        "neighbor_ip 10.0.0.9; source_ip eth0 | its source \"eth0\" is not an IP address",
        "neighbor_ip 10.0.0.9; source_ip 2001:db8::1 | its source 2001:db8::1 and its neighbour 10.0.0.9"
            + " are of different families",
        "neighbor_ip 10.0.0.9; source_ip 10.0.0.9 | its source and its neighbour are the same address,"
            + " 10.0.0.9"
      })
  void saysWhyASessionCannotWork(String lines, String complaint) {
    assertThat(Loading.problems(text(lines)))
        .containsExactly(
            "k.conf:1:1: error: bfd_instance b cannot work: "
                + complaint
                + "; neighbor_ip is the address of the other side, source_ip one of this host");
  }

  @Test
  void saysNothingOfOneThatCan() {
    assertThat(Loading.problems(text("neighbor_ip 10.0.0.9; source_ip 10.0.0.2; max_hops 2")))
        .isEmpty();
    assertThat(Loading.problems(text("neighbor_ip 2001:db8::9"))).isEmpty();
  }

  @Test
  void saysWhereKeepalivedWouldLeaveASessionOut() {
    String name = "n".repeat(31);
    String block = "bfd_instance %s {\nneighbor_ip 10.0.0.9\n}\n";
    String end = Loading.instance("track_bfd { b }");
    assertThat(Loading.problems(block.formatted(name) + end)).noneMatch(it -> it.contains("31"));
    assertThat(Loading.problems(block.formatted(name + "n") + end))
        .contains(
            "k.conf:1:14: warning: the name of the bfd_instance has 32 characters; keepalived would"
                + " leave out the session; keepalived takes names of up to 31 characters");
  }

  private static String pair(String first, String second) {
    return "bfd_instance a {\nneighbor_ip 10.0.0.9\n"
        + first
        + "\n}\nbfd_instance b {\nneighbor_ip 10.0.0.9\n"
        + second
        + "\n}\n"
        + Loading.instance("track_bfd { a }");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "source_ip 10.0.0.2,source_ip 10.0.0.2", "source_ip 10.0.0.2,''"})
  void refusesTwoSessionsThatPacketsCannotTellApart(String first, String second) {
    assertThat(Loading.problems(pair(first, second)))
        .contains(
            "k.conf:5:1: error: bfd_instance b has the neighbour and the source of bfd_instance a,"
                + " and only one session can be between two addresses; delete one; several"
                + " instances can track the other, or give each another source_ip");
  }

  @ParameterizedTest
  @CsvSource({"source_ip 10.0.0.2,source_ip 10.0.0.3", "multihop,''"})
  void takesTwoSessionsThatPacketsTellApart(String first, String second) {
    assertThat(Loading.problems(pair(first, second)))
        .noneMatch(problem -> problem.contains("only one session"));
  }
}
