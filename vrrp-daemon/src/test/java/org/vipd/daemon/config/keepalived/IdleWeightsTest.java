package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
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
            + "vrrp_sync_group G { group { VI_1 } }\n"
            + Loading.instance(
                "track_interface { lo weight 9 }", "track_file { tf weight 4 reverse }");
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("weight"))
        .containsExactly(
            "k.conf:7:19: warning: vrrp_instance VI_1 is in a group, so track_interface lo has no"
                + " weight there: its failure is a fault; let the group track it, or add"
                + " sync_group_tracking_weight to the group",
            "k.conf:8:14: warning: vrrp_instance VI_1 is in a group, so track_file tf with its"
                + " weight is not tracked; let the group track it, or add"
                + " sync_group_tracking_weight to the group");
    assertThat(Loading.model(text).instances().get(0).extras().tracks())
        .containsExactly(new NamedTrack(TrackKind.INTERFACE, "lo", OptionalInt.of(0), false));
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
