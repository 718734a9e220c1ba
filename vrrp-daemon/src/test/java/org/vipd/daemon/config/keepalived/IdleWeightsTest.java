package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/** Weights that may not change a priority: no weight goes without a word. */
class IdleWeightsTest {

  private static final String FILE = "track_file tf { file /tmp/tf }\n";

  @Test
  void saysWhichWeightsOfAMemberItsGroupForbids() {
    String text =
        FILE
            + "track_file usual { file /tmp/usual }\n"
            + "vrrp_sync_group G { group { VI_1 } }\n"
            + Loading.instance(
                "track_interface { lo weight 9 }", "track_file { tf weight 4 reverse\n usual }");
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("weight"))
        .containsExactly(
            "k.conf:8:19: warning: vrrp_instance VI_1 is in a group, so track_interface lo has no"
                + " weight there: its failure is a fault; let the group track it, or add"
                + " sync_group_tracking_weight to the group",
            "k.conf:9:14: warning: vrrp_instance VI_1 is in a group, so track_file tf with its"
                + " weight is not tracked; let the group track it, or add"
                + " sync_group_tracking_weight to the group",
            "k.conf:10:2: warning: vrrp_instance VI_1 is in a group, so track_file usual has no"
                + " weight there: any number but 0 is a fault; let the group track it, or add"
                + " sync_group_tracking_weight to the group");
    assertThat(Loading.model(text).instances().get(0).extras().tracks())
        .containsExactly(
            new NamedTrack(TrackKind.INTERFACE, "lo", OptionalInt.of(0), false),
            new NamedTrack(TrackKind.FILE, "usual", OptionalInt.of(0), false));
  }

  @Test
  void whatAMemberTracksWithoutAWeightIsAFaultWhateverItsGroupSays() {
    String text =
        "vrrp_script bad {\nscript /bin/false\n}\nvrrp_script seven {\nscript /bin/false\n}\n"
            + FILE
            + "vrrp_sync_group G { sync_group_tracking_weight\n group { VI_1 }\n"
            + " track_script { bad weight 7\n seven weight -7 }\n"
            + " track_file { tf weight 2 }\n track_interface { eth1 weight 9\n eth2 weight 9 } }\n"
            + Loading.instance(
                "track_script { bad\n seven weight 3 }",
                "track_file { tf weight 0 reverse }",
                "track_interface { eth1\n eth2 weight 4 }");
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.tracks())
        .containsExactly(
            new CheckTrack("bad", OptionalInt.empty(), false),
            new CheckTrack("seven", OptionalInt.of(-7), false));
    assertThat(instance.extras().tracks())
        .containsExactlyInAnyOrder(
            new NamedTrack(TrackKind.FILE, "tf", OptionalInt.of(0), true),
            new NamedTrack(TrackKind.INTERFACE, "eth1", OptionalInt.empty(), false),
            new NamedTrack(TrackKind.INTERFACE, "eth2", OptionalInt.of(9), false));
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("both track"))
        .extracting(problem -> problem.substring(problem.indexOf("VI_1")))
        .containsExactly(
            "VI_1 and its group G both track script bad; the entry of VI_1 counts, for it has no"
                + " weight; delete one",
            "VI_1 and its group G both track script seven; the entry of the group counts;"
                + " delete one",
            "VI_1 and its group G both track file tf; the entry of VI_1 counts, for it has no"
                + " weight; delete one",
            "VI_1 and its group G both track interface eth1; the entry of VI_1 counts, for it has"
                + " no weight; delete one",
            "VI_1 and its group G both track interface eth2; the entry of the group counts;"
                + " delete one");
  }

  @Test
  void aFileWhoseWeightItsGroupTakesIsAFaultWhateverTheGroupSays() {
    String entries = Loading.instance("track_file { tf }");
    String group = "vrrp_sync_group G { group { VI_1 }\n track_file { tf weight 2 }\n %s }\n";
    assertThat(
            Loading.model(FILE + group.formatted("") + entries)
                .instances()
                .get(0)
                .extras()
                .tracks())
        .containsExactly(new NamedTrack(TrackKind.FILE, "tf", OptionalInt.of(0), false));
    assertThat(
            Loading.model(FILE + group.formatted("sync_group_tracking_weight") + entries)
                .instances()
                .get(0)
                .extras()
                .tracks())
        .containsExactly(new NamedTrack(TrackKind.FILE, "tf", OptionalInt.of(2), false));
  }

  @ParameterizedTest
  @CsvSource({"sync_group_tracking_weight, true", "global_tracking, true", "'', false"})
  void membersKeepTheirWeightsWhereTheGroupAsksForIt(String word, boolean areKept) {
    String text =
        FILE
            + "vrrp_script s {\nscript /bin/true\nweight 5\n}\n"
            + "vrrp_sync_group G { group { VI_1 }\n "
            + word
            + " }\n"
            + Loading.instance("track_script { s }", "track_file { tf weight 3 }");
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.tracks()).hasSize(areKept ? 1 : 0);
    assertThat(instance.extras().tracks()).hasSize(areKept ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"weight 6, true", "weight 6 reverse, true", "weight 6 noreverse, false"})
  void anEntryWithAWeightIsTurnedRoundAsItsDefinition(String words, boolean isReversed) {
    String text =
        "track_file t { file /tmp/tf\n weight 1 reverse }\n"
            + "vrrp_script t {\nscript /bin/true\nweight 4 reverse\n}\n"
            + "vrrp_track_process t {\nprocess x\nweight 4 reverse\n}\n"
            + "bfd_instance t {\nneighbor_ip 10.0.0.9\nweight 4 reverse\n}\n"
            + Loading.instance(
                "track_script { t " + words + " }",
                "track_file { t " + words + " }",
                "track_process { t " + words + " }",
                "track_bfd { t " + words + " }");
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.tracks())
        .containsExactly(new CheckTrack("t", OptionalInt.of(6), isReversed));
    assertThat(instance.extras().tracks())
        .hasSize(3)
        .allMatch(it -> it.weight().getAsInt() == 6 && it.isReversed() == isReversed);
  }

  @Test
  void anEntryWithAWeightIsPlainWhereItsDefinitionIs() {
    String text =
        "vrrp_script s {\nscript /bin/true\nweight 4\n}\n"
            + Loading.instance("track_script { s weight 6 }");
    assertThat(Loading.model(text).instances().get(0).tracks())
        .containsExactly(new CheckTrack("s", OptionalInt.of(6), false));
  }

  @Test
  void weightsOfTheGroupMoveAllMembers() {
    String text =
        FILE
            + "vrrp_script s {\nscript /bin/true\nweight 7\n}\n"
            + "vrrp_sync_group G { group { VI_1 }\n track_interface { eth1 weight 5 }\n"
            + " track_file { tf }\n track_script { s weight -3 } }\n"
            + Loading.instance();
    assertThat(Loading.problems(text)).noneMatch(problem -> problem.contains("weight"));
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.tracks()).containsExactly(new CheckTrack("s", OptionalInt.of(-3), false));
    assertThat(instance.extras().tracks())
        .containsExactlyInAnyOrder(
            new NamedTrack(TrackKind.INTERFACE, "eth1", OptionalInt.of(5), false),
            new NamedTrack(TrackKind.FILE, "tf", OptionalInt.empty(), false));
  }

  @Test
  void dropsAWeightedSessionOfAGroupMember() {
    String text =
        "bfd_instance b { neighbor_ip 10.0.0.9\n weight 5\n }\n"
            + "vrrp_sync_group G { group { VI_1 } }\n"
            + Loading.instance("track_bfd { b }");
    assertThat(Loading.model(text).instances().get(0).extras().tracks()).isEmpty();
    assertThat(Loading.problems(text))
        .anyMatch(it -> it.contains("track_bfd b with its weight is not tracked"));
  }

  @Test
  void takesWeightedTracksFromTheOwner() {
    String text =
        FILE
            + Loading.instance(
                "priority 255",
                "track_interface { eth1 weight 5\n eth2 }",
                "track_file { tf weight 4 }");
    List<NamedTrack> tracks = Loading.model(text).instances().get(0).extras().tracks();
    assertThat(tracks)
        .containsExactly(new NamedTrack(TrackKind.INTERFACE, "eth2", OptionalInt.empty(), false));
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("is the address owner, so"))
        .hasSize(2);
  }

  @Test
  void aFileOfTheOwnerWithoutAWeightOfItsOwnIsAFault() {
    String text = FILE + Loading.instance("priority 255", "track_file { tf }");
    assertThat(Loading.model(text).instances().get(0).extras().tracks())
        .containsExactly(new NamedTrack(TrackKind.FILE, "tf", OptionalInt.of(0), false));
    assertThat(Loading.problems(text))
        .anyMatch(
            it ->
                it.contains(
                    "VI_1 is the address owner, so track_file tf has no weight there: any number"
                        + " but 0 is a fault; use a priority below 255"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sync_group_tracking_weight"})
  void whatTheGroupOfTheOwnerTracksIsAFaultThere(String word) {
    String text =
        FILE
            + "vrrp_script s {\nscript /bin/true\nweight -5 reverse\n}\n"
            + "vrrp_script t {\nscript /bin/true\n}\n"
            + "vrrp_sync_group G { group { VI_1 }\n "
            + word
            + "\n"
            + " track_script { s\n t }\n track_file { tf weight 2 }\n"
            + " track_interface { eth1 weight 4 reverse } }\n"
            + Loading.instance("priority 255");
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.tracks())
        .containsExactly(
            new CheckTrack("s", OptionalInt.of(0), true),
            new CheckTrack("t", OptionalInt.empty(), false));
    assertThat(instance.extras().tracks())
        .containsExactlyInAnyOrder(
            new NamedTrack(TrackKind.FILE, "tf", OptionalInt.of(0), false),
            new NamedTrack(TrackKind.INTERFACE, "eth1", OptionalInt.of(0), true));
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("is the address owner, so"))
        .extracting(problem -> problem.substring(problem.indexOf("so ")))
        .containsExactlyInAnyOrder(
            "so track_script s of its group G has no weight there: its failure is a fault; use a"
                + " priority below 255",
            "so track_file tf of its group G has no weight there: any number but 0 is a fault; use"
                + " a priority below 255",
            "so track_interface eth1 of its group G has no weight there: its failure is a fault;"
                + " use a priority below 255");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reverse", "noreverse"})
  void aDirectionWithoutAWeightIsIgnored(String word) {
    String text =
        "vrrp_script s {\nscript /bin/true\nweight 4 reverse\n}\n"
            + Loading.instance("track_script { s " + word + " }");
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("reverse"))
        .singleElement()
        .asString()
        .endsWith(
            word
                + " needs a weight before it and is ignored; keepalived would not track s at all;"
                + " write: s weight 0 "
                + word);
    assertThat(Loading.model(text).instances().get(0).tracks())
        .containsExactly(new CheckTrack("s", OptionalInt.empty(), false));
  }

  @Test
  void reverseWithoutAWeightIsIgnored() {
    String text = "vrrp_script s {\nscript /bin/true\n}\n" + FILE;
    String bare =
        text + Loading.instance("track_script { s reverse }", "track_file { tf reverse }");
    assertThat(Loading.problems(bare))
        .filteredOn(problem -> problem.contains("reverse"))
        .containsExactly(
            "k.conf:9:18: warning: reverse needs a weight before it and is ignored; keepalived"
                + " would not track s at all; write: s weight 0 reverse",
            "k.conf:10:17: warning: reverse needs a weight before it and is ignored; keepalived"
                + " would not track tf at all; write: tf weight 0 reverse");
    InstanceConfig instance = Loading.model(bare).instances().get(0);
    assertThat(instance.tracks()).containsExactly(new CheckTrack("s", OptionalInt.empty(), false));
    assertThat(instance.extras().tracks())
        .containsExactly(new NamedTrack(TrackKind.FILE, "tf", OptionalInt.empty(), false));
    String turned = text + Loading.instance("track_script { s weight 0 reverse }");
    assertThat(Loading.problems(turned)).noneMatch(problem -> problem.contains("reverse"));
    assertThat(Loading.model(turned).instances().get(0).tracks())
        .containsExactly(new CheckTrack("s", OptionalInt.of(0), true));
  }
}
