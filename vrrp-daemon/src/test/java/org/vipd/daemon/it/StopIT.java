package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Becoming Active and stopping, in the order of the wire and of the kernel. */
@Execution(ExecutionMode.CONCURRENT)
class StopIT extends LabTest {

  /** Many, so that removing them takes longer than telling two times apart. */
  private static final List<String> ADDRESSES =
      IntStream.range(0, 100).mapToObj(i -> "10.66.1." + i).toList();

  private static final String OURS = "10.66.0.1";

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void advertisesFirstAndResignsFirst(String signal) {
    Host host = host();
    AddressMonitor monitor = new AddressMonitor(host);
    Capture capture = lab().capture();
    String hook = host.script("stop.sh", "#!/bin/sh\necho \"$@\" >> \"$0.out\"\n").toString();
    String addresses = ADDRESSES.stream().map(it -> it + "/32").collect(Collectors.joining("\n"));
    String hooks = "notify_stop \"" + hook + " stopped\"\n notify " + hook;
    VipdNode vipd = VipdNode.start(host, Texts.instance(100, addresses, hooks));
    vipd.awaitState("MASTER");
    Await.until("addresses are seen", () -> monitor.firstAdded("10.66.1.").isPresent());
    checkPromotion(capture, monitor);

    long start = System.nanoTime();
    vipd.process().signal(signal);
    assertThat(vipd.process().awaitExit()).as(vipd.log()).isZero();
    System.out.printf(
        Locale.ROOT,
        "SIG%s to exit: %.2f s (goal: 2 s)%n",
        signal,
        (System.nanoTime() - start) / 1e9);
    assertThat(host.run("ip", "-o", "address")).doesNotContain("10.66.1.");
    for (String line : List.of("stopped\n", "INSTANCE lab STOP 100\n")) {
      Await.until("told: " + line, () -> host.read("stop.sh.out").contains(line));
    }
    checkResignation(capture, monitor);
  }

  private static void checkPromotion(Capture capture, AddressMonitor monitor) {
    Await.until(
        "announcements", () -> capture.count(it -> it.isAnnouncementOf(ADDRESSES.get(99))) > 0);
    Frame advertisement = capture.first(it -> it.isAdvertisementFrom(OURS)).orElseThrow();
    Frame announcement = capture.first(it -> it.isAnnouncementOf(ADDRESSES.get(0))).orElseThrow();
    assertThat(announcement.timeNanos()).isGreaterThan(advertisement.timeNanos());
    assertThat(monitor.firstAdded("10.66.1.").orElseThrow())
        .isGreaterThan(advertisement.timeNanos());
    for (String address : ADDRESSES) {
      assertThat(capture.first(it -> it.isAnnouncementOf(address))).as(address).isPresent();
    }
  }

  private static void checkResignation(Capture capture, AddressMonitor monitor) {
    Await.until("removal is seen", () -> monitor.firstRemoved("10.66.1.").isPresent());
    Await.until("resignation", () -> capture.count(StopIT::isResignation) > 0);
    Frame resignation = capture.first(StopIT::isResignation).orElseThrow();
    assertThat(monitor.firstRemoved("10.66.1.").orElseThrow())
        .isGreaterThan(resignation.timeNanos());
    List<Frame> frames = capture.frames().stream().filter(Frame::isAdvertisement).toList();
    assertThat(frames.get(frames.size() - 1).priority()).as("last word").isZero();
    assertThat(capture.count(StopIT::isResignation)).isEqualTo(1);
  }

  private static boolean isResignation(Frame frame) {
    return frame.isAdvertisementFrom(OURS) && frame.priority() == 0;
  }
}
