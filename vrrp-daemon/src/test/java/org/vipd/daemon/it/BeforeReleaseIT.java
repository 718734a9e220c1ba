package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The script before the release under a real SIGTERM: first it, then farewell, then removal. */
@Execution(ExecutionMode.CONCURRENT)
class BeforeReleaseIT extends LabTest {

  private static final String OURS = "10.66.0.1";

  /** Keeps what it found when it began and ended, and when it ended, nanoseconds since 1970. */
  private static final String DRAIN =
      """
      #!/bin/sh
      ip -o address show dev eth0 > "${0%/*}/began"
      sleep 0.4
      ip -o address show dev eth0 > "${0%/*}/found"
      date +%s%N > "${0%/*}/ended"
      """;

  /** Cannot be asked to end; nor can its child. */
  private static final String HANGS =
      """
      #!/bin/sh
      trap '' TERM
      echo $$ > "${0%/*}/hanging"
      sleep 1000
      """;

  private static VipdNode active(Host host, String script, String wait) {
    String hook = host.script("drain.sh", script).toString();
    VipdNode vipd =
        VipdNode.start(
            host,
            Texts.instance(
                100, "before_release \"%s\"\n before_release_wait %s\n".formatted(hook, wait)));
    vipd.awaitState("MASTER");
    return vipd;
  }

  private static boolean isResignation(Frame frame) {
    return frame.isAdvertisementFrom(OURS) && frame.priority() == 0;
  }

  private static void awaitHanging(Host host) {
    Await.until("the script runs", () -> !host.read("hanging").isBlank());
  }

  private static void awaitGone(Host host) {
    long pid = Long.parseLong(host.read("hanging").strip());
    Await.until(
        "the script that hung is gone",
        () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void runsBeforeTheFarewellAndTheRemoval() {
    Host host = host();
    AddressMonitor monitor = new AddressMonitor(host);
    Capture capture = lab().capture();
    VipdNode vipd = active(host, DRAIN, "7");
    assertThat(vipd.stop()).as(vipd.log()).isZero();
    assertThat(host.read("began")).contains(Texts.VIP);
    assertThat(host.read("found")).contains(Texts.VIP);
    long ended = Long.parseLong(host.read("ended").strip());
    Await.until("the farewell is seen", () -> capture.count(BeforeReleaseIT::isResignation) > 0);
    long farewell =
        capture.first(BeforeReleaseIT::isResignation).map(Frame::timeNanos).orElseThrow();
    assertThat(farewell).isGreaterThan(ended);
    Await.until("the removal is seen", () -> monitor.firstRemoved(Texts.VIP).isPresent());
    assertThat(monitor.firstRemoved(Texts.VIP).orElseThrow()).isGreaterThan(farewell);
    assertThat(vipd.log())
        .contains(
            "lab: before_release runs for up to 7.0 s (signal TERM)",
            "lab: before_release has ended: ")
        .doesNotContain("has not ended in time");
  }

  @Test
  void aScriptThatHangsIsKilledAndTheAddressReleasedAllTheSame() {
    Host host = host();
    Capture capture = lab().capture();
    VipdNode vipd = active(host, HANGS, "4");
    vipd.process().signal("TERM");
    awaitHanging(host);
    assertThat(vipd.process().awaitExit()).as(vipd.log()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    Await.until("the farewell is seen", () -> capture.count(BeforeReleaseIT::isResignation) > 0);
    assertThat(vipd.log())
        .contains("before_release has not ended in time; the release goes on without it");
    awaitGone(host);
  }

  @Test
  void aSecondSignalDoesNotWait() {
    Host host = host();
    VipdNode vipd = active(host, HANGS, "7");
    vipd.process().signal("TERM");
    awaitHanging(host);
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
    vipd.process().signal("TERM");
    assertThat(vipd.process().awaitExit()).as(vipd.log()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
    assertThat(vipd.log()).doesNotContain("has not ended in time");
    awaitGone(host);
  }
}
