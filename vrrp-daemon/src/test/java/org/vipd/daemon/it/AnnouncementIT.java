package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Gratuitous ARP as the {@code garp_*} settings say, counted on the wire. */
@Execution(ExecutionMode.CONCURRENT)
class AnnouncementIT extends LabTest {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final String SETTINGS =
      """
      vrrp_instance garp {
        interface eth0
        virtual_router_id 66
        version 3
        priority 255
        advert_int 2
        %s
        virtual_ipaddress {
          10.66.0.100/24
        }
      }
      """;

  private List<Frame> announcements(Capture capture) {
    return capture.frames().stream().filter(it -> it.isAnnouncementOf(Texts.VIP)).toList();
  }

  private void awaitAnnouncements(Capture capture, int number) {
    Await.until(
        number + " announcements",
        () -> capture.count(it -> it.isAnnouncementOf(Texts.VIP)) >= number);
  }

  /** Sizes of groups with more than two seconds between them. */
  private static List<Integer> bursts(List<Frame> frames) {
    List<Integer> sizes = new ArrayList<>();
    long last = Long.MIN_VALUE / 2;
    for (Frame frame : frames) {
      if (frame.timeNanos() - last > 2 * NANOS_PER_SECOND) {
        sizes.add(0);
      }
      sizes.set(sizes.size() - 1, sizes.get(sizes.size() - 1) + 1);
      last = frame.timeNanos();
    }
    return sizes;
  }

  @Test
  void repeatsAfterTheDelayAndRefreshes() {
    Capture capture = lab().capture();
    String settings =
        """
        garp_master_repeat 3
          garp_master_delay 4
          garp_master_refresh 8
          garp_master_refresh_repeat 2
        """;
    VipdNode vipd = VipdNode.start(host(), String.format(Locale.ROOT, SETTINGS, settings));
    vipd.awaitState("MASTER");
    awaitAnnouncements(capture, 10);
    assertThat(vipd.stop()).isZero();
    assertThat(bursts(announcements(capture))).containsExactly(3, 3, 2, 2);
  }

  @Test
  void announcesAgainWhenItHearsALowerPriority() {
    Host rival = lab().host("rival", "10.66.0.2/24");
    Capture capture = lab().capture();
    String settings =
        """
        garp_master_repeat 2
          garp_master_delay 0
          garp_lower_prio_repeat 4
          garp_lower_prio_delay 5
        """;
    VipdNode vipd = VipdNode.start(host(), String.format(Locale.ROOT, SETTINGS, settings));
    vipd.awaitState("MASTER");
    awaitAnnouncements(capture, 2);
    try (RawSender sender = RawSender.open(rival, "10.66.0.2")) {
      ByteBuffer lower = sender.advertisement(66, 50, 200, List.of(Texts.VIP));
      sender.send(lower);
    }
    // Four at once, four half a second later, four after the delay.
    awaitAnnouncements(capture, 2 + 3 * 4);
    assertThat(vipd.stop()).isZero();
    assertThat(announcements(capture)).hasSize(2 + 3 * 4);
  }

  @Test
  void pausesBetweenAnnouncements() {
    Capture capture = lab().capture();
    String settings = "garp_master_repeat 5\n  garp_master_delay 0";
    String global = "global_defs {\n  vrrp_garp_interval 0.2\n}\n";
    VipdNode vipd = VipdNode.start(host(), global + String.format(Locale.ROOT, SETTINGS, settings));
    vipd.awaitState("MASTER");
    awaitAnnouncements(capture, 5);
    List<Frame> sent = announcements(capture);
    assertThat(sent).hasSize(5);
    assertThat(sent.get(4).timeNanos() - sent.get(0).timeNanos())
        .as("four pauses of 0.2 s, less what a late first turn may take off")
        .isGreaterThan(NANOS_PER_SECOND / 2);
  }
}
