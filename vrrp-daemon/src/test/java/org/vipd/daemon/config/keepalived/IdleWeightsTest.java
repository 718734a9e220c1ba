package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;

/** Weights that may not change a priority: no weight goes without a word. */
class IdleWeightsTest {

  private static final String FILE = "track_file tf { file /tmp/tf }\n";

  @Test
  void saysThatAGroupTakesWeights() {
    String text =
        FILE
            + "vrrp_sync_group G { group { VI_1 }\n track_interface { eth1 weight 5 } }\n"
            + Loading.instance(
                "track_interface { lo weight 9 }", "track_file { tf weight 4 reverse }");
    assertThat(Loading.problems(text))
        .filteredOn(problem -> problem.contains("weight"))
        .containsExactly(
            "k.conf:3:20: warning: vrrp_sync_group G takes weights away, so track_interface eth1 has no weight there:"
                + " its failure is a fault; add sync_group_tracking_weight to the group, or delete"
                + " the weight",
            "k.conf:8:19: warning: vrrp_instance VI_1 is in a group, so track_interface lo has no"
                + " weight there: its failure is a fault; add sync_group_tracking_weight to the"
                + " group, or delete the weight",
            "k.conf:9:14: warning: vrrp_instance VI_1 is in a group, so track_file tf has no weight"
                + " there: its failure is a fault; add sync_group_tracking_weight to the group, or"
                + " delete the weight");
    InstanceConfig instance = Loading.model(text).instances().get(0);
    assertThat(instance.extras().tracks())
        .extracting(NamedTrack::weight)
        .containsOnly(OptionalInt.of(0));
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
}
