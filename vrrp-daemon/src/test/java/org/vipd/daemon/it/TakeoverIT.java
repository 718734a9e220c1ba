package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code vipd run --takeover}: what the next process goes on with, and what it cannot. */
@Execution(ExecutionMode.CONCURRENT)
class TakeoverIT extends LabTest {

  private static boolean resigns(VrrpPacket packet) {
    return packet.source().equals("10.66.0.1") && !packet.claims();
  }

  /** Others claim in 0.3 s, long before the lease of 3 s ends. */
  @Test
  void givesUpWhatOthersWouldClaimBeforeItsLeaseEnds() {
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    List<AddressMonitor> monitors = AddressMonitor.together(lab(), List.of(one, two));
    String settings = "state BACKUP\n nopreempt\n version 3\n advert_int 0.1";
    try (LanObserver lan = new LanObserver(lab(), "takeover at 0.1 s")) {
      VipdNode vipd = VipdNode.start(one, Texts.instance(150, settings));
      vipd.awaitState("MASTER");
      VipdNode backup = VipdNode.start(two, Texts.instance(100, settings));
      backup.awaitState("BACKUP");
      Launched old = vipd.takeOver();
      assertThat(old.awaitExit()).as(vipd.log()).isZero();
      backup.awaitState("MASTER");
      vipd.awaitState("BACKUP");
      assertThat(monitors.get(0).holdings(Texts.VIP)).hasSize(1);
      assertThat(one.hasAddress(Texts.VIP)).isFalse();
      vipd.awaitLog("is longer than the 0.3 s that others wait");
      assertThat(lan.packets()).filteredOn(TakeoverIT::resigns).hasSize(1);
    }
    long together =
        Holding.longestTogether(
            monitors.get(0).holdings(Texts.VIP),
            monitors.get(1).holdings(Texts.VIP),
            Holding.between(0, Long.MAX_VALUE));
    System.out.printf(Locale.ROOT, "takeover at 0.1 s: two holders %.3f s%n", together / 1e9);
  }

  /** Far from the end of its patience while a busy machine starts another process. */
  private static String text(int priority, String... ends) {
    String addresses =
        Stream.of(ends).map(it -> "10.66.0." + it + "/24").collect(Collectors.joining("\n"));
    return Texts.instance(priority, addresses, "advert_int 5");
  }

  @Test
  void addsAnAddressAndRemovesAnotherWhileNothingMoves() {
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    Host client = lab().host("client", "10.66.0.3/24");
    AddressMonitor monitor = new AddressMonitor(one);
    VipdNode vipd = VipdNode.start(one, text(255, "100", "101"));
    vipd.awaitState("MASTER");
    VipdNode backup = VipdNode.start(two, text(150, "100", "101"));
    backup.awaitState("BACKUP");
    try (LanObserver lan = new LanObserver(lab(), "takeover with other addresses");
        Conversation conversation = new Conversation(one, client, Texts.VIP)) {
      conversation.say();
      vipd.replaceConfiguration(text(255, "100", "102"));
      assertThat(vipd.takeOver().awaitExit()).as(vipd.log()).isZero();
      vipd.awaitLog("INIT -> MASTER (resumed: ");
      Await.until("the new address is there", () -> one.hasAddress("10.66.0.102"));
      conversation.say();
      // after a crash as well
      vipd.process().kill();
      vipd.replaceConfiguration(text(255, "100", "102", "103"));
      vipd.restart();
      Await.until(
          "one address more is there",
          Await.GENEROUS,
          () -> one.hasAddress("10.66.0.103"),
          vipd::log);
      Await.until(
          "the one of before goes",
          Await.GENEROUS,
          () -> !one.hasAddress("10.66.0.101"),
          vipd::log);
      conversation.say();
      assertThat(lan.packets()).noneMatch(TakeoverIT::resigns);
    }
    assertThat(monitor.holdings(Texts.VIP)).as(vipd.log()).hasSize(1);
    assertThat(monitor.holdings("10.66.0.102")).as(vipd.log()).hasSize(1);
    assertThat(vipd.log().split(Pattern.quote("(resumed: "), -1)).hasSize(3);
    assertThat(backup.log()).doesNotContain("-> MASTER");
  }

  private static void assertRefused(Launched attempt, int status, String... why) {
    assertThat(attempt.awaitExit()).as(attempt.output()).isEqualTo(status);
    assertThat(attempt.output()).contains(why).doesNotContain("Exception");
  }

  /** Whoever could not go on does not ask; the one that runs goes on with all that it has. */
  @Test
  void leavesTheOneThatRunsAloneWhenItCouldNotGoOn() {
    String goesOn = "not started: the daemon that runs is not asked to leave, and goes on: ";
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    AddressMonitor monitor = new AddressMonitor(one);
    String text = Texts.instance(255, "advert_int 5");
    VipdNode vipd = VipdNode.start(one, text);
    vipd.awaitState("MASTER");
    assertRefused(
        vipd.tryToTakeOver(one, "setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin"),
        4,
        goesOn,
        "CAP_NET_ADMIN");
    assertRefused(vipd.tryToTakeOver(two), 1, goesOn, "is of network namespace");
    vipd.replaceConfiguration("global_defs {\n}\n");
    assertRefused(vipd.tryToTakeOver(one), 2, goesOn, "defines no vrrp_instance");
    vipd.replaceConfiguration(text.replace("priority 255", "priority 300"));
    assertRefused(vipd.tryToTakeOver(one), 2, "keepalived.conf:4", "cannot be used");
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.process().isAlive()).isTrue();
    assertThat(vipd.log()).doesNotContain("leaving");
    assertThat(monitor.holdings(Texts.VIP)).hasSize(1);
    assertThat(one.hasAddress(Texts.VIP)).isTrue();
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void aSyncGroupResumesAfterACrashAndByTakeover() {
    Host one = host();
    Host two = lab().host("two", "10.66.0.2/24");
    AddressMonitor monitor = new AddressMonitor(one);
    VipdNode vipd = VipdNode.start(one, grouped(200));
    vipd.awaitLog("group pair: BACKUP -> MASTER");
    VipdNode backup = VipdNode.start(two, grouped(150));
    backup.awaitState("BACKUP");
    try (LanObserver lan = new LanObserver(lab(), "a group")) {
      vipd.process().kill();
      vipd.restart();
      awaitResumed(vipd, 1);
      assertThat(vipd.takeOver().awaitExit()).as(vipd.log()).isZero();
      awaitResumed(vipd, 2);
      assertThat(lan.packets()).isNotEmpty().allMatch(VrrpPacket::claims);
    }
    for (String address : List.of(Texts.VIP, "10.66.0.200")) {
      assertThat(monitor.holdings(address)).as(vipd.log()).hasSize(1);
    }
    assertThat(backup.log()).doesNotContain("-> MASTER");
  }

  private static void awaitResumed(VipdNode vipd, int times) {
    for (String name : List.of("lab", "other")) {
      Await.until(
          name + " has resumed " + times + " times",
          Await.GENEROUS,
          () ->
              vipd.log().split(Pattern.quote(name + ": INIT -> MASTER (resumed: "), -1).length
                  == times + 1,
          vipd::log);
    }
    vipd.awaitState("MASTER");
  }

  private static String grouped(int priority) {
    String first = Texts.instance(priority, "advert_int 5");
    String second =
        first
            .replace("vrrp_instance lab", "vrrp_instance other")
            .replace("router_id 66", "router_id 67")
            .replace(Texts.VIP, "10.66.0.200");
    return "vrrp_sync_group pair {\n group {\n lab\n other\n }\n}\n" + first + second;
  }
}
