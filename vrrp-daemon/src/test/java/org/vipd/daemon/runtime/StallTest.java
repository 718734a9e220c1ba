package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Cause;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.LinkListener;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.Packets;

/** What the world is told when the whole daemon has stood still. */
class StallTest {

  private static final String VIP = "10.0.0.100";
  private static final long SECOND = 1_000_000_000L;
  private static final String CAUSE = "garbage collection took 4.10 s";

  private static FakeHost active() {
    FakeHost host = FakeHost.active(Configurations.instance(100));
    host.network.delayBecause(CAUSE);
    return host;
  }

  private static void sleep(FakeHost host, double seconds) {
    host.clock.advance(Math.round(seconds * 1e9));
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
  }

  private static List<Notice> stalls(FakeHost host) {
    return host.notices.all().stream().filter(it -> it.kind() == Notice.Kind.STALL).toList();
  }

  private static List<Notice> since(FakeHost host, int count) {
    return host.notices.all().stream().skip(count).toList();
  }

  @Test
  void anActiveThatGivesUpHasTheStallAsItsCause() {
    FakeHost host = active();
    int before = host.notices.all().size();
    host.clock.advance(10 * SECOND);
    host.interfaces.takeAddress(2, VIP + "/32");
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    List<Notice> told = since(host, before);
    assertThat(told)
        .extracting(it -> it.kind() + " " + it.state())
        .containsExactly("STALL ", "STATE BACKUP");
    String late = told.get(0).explanation().replaceFirst(" late: .*", " late");
    assertThat(late).matches("woke up (9|10)\\.\\d{3} s late");
    assertThat(told.get(0).explanation()).isEqualTo(late + ": " + CAUSE);
    Cause cause = told.get(1).causes().get(0);
    assertThat(cause.kind()).isEqualTo(Cause.Kind.STALL);
    assertThat(cause.text()).startsWith("this host " + late + " (" + CAUSE + ") and had not");
    assertThat(host.journal.messages()).contains("warn " + told.get(0).explanation());
    assertThat(host.status().daemon())
        .containsEntry("stalls", 1L)
        .containsEntry("stalled-ms", told.get(0).late().toMillis());
  }

  @Test
  void anActiveThatGoesOnIsNotSilentAboutIt() {
    FakeHost host = active();
    int before = host.notices.all().size();
    sleep(host, 1.9);
    assertThat(since(host, before)).extracting(Notice::kind).containsExactly(Notice.Kind.STALL);
    assertThat(host.instance().state()).isEqualTo("MASTER");
  }

  @Test
  void aBackupThatListensOnceMoreIsNotSilentAboutIt() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.network.delayBecause(CAUSE);
    host.hear("10.0.0.3", Packets.advertisement(51, 200));
    int before = host.notices.all().size();
    sleep(host, 20);
    assertThat(since(host, before)).extracting(Notice::kind).containsExactly(Notice.Kind.STALL);
    assertThat(host.instance().state()).isEqualTo("BACKUP");
  }

  @Test
  void oneOfSixInstancesIsOneEvent() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      text.append(
          """
          vrrp_instance VI_%1$d {
            interface eth0
            virtual_router_id %1$d
            virtual_ipaddress { 10.0.0.%1$d0 }
          }
          """
              .formatted(i));
    }
    FakeHost host = FakeHost.active(text.toString());
    sleep(host, 10);
    assertThat(stalls(host)).hasSize(1);
    assertThat(host.status().daemon()).containsEntry("stalls", 1L);
  }

  @Test
  void aDaemonWithoutAnInstanceTellsToo() {
    FakeHost host = new FakeHost("global_defs {\n}\n").start();
    sleep(host, 20);
    assertThat(stalls(host)).hasSize(1);
  }

  /** After its wait it was on time, and yet it stood still. */
  @Test
  void oneInTheMiddleOfATurnIsTold() {
    FakeHost host = active();
    int before = host.notices.all().size();
    host.network.arriveFirst(LinkListener::woken);
    host.network.arrive(listener -> host.clock.advance(2 * SECOND));
    host.settle();
    assertThat(since(host, before)).extracting(Notice::kind).containsExactly(Notice.Kind.STALL);
    assertThat(stalls(host).get(0).explanation()).startsWith("woke up 2.000 s late: ");
  }

  /** Noticed by the lease that has ended, and then by what was due meanwhile. */
  @Test
  void oneInTheMiddleOfARefreshIsToldOnce() {
    FakeHost host = new FakeHost(Configurations.instance(100)).start();
    host.runSeconds(6);
    long sent = host.instance().counters().get("advertisement-sent");
    host.interfaces.beforeRefresh(() -> host.clock.advance(5 * SECOND));
    while (host.instance().counters().get("advertisement-sent") == sent) {
      host.clock.advance(1_000_000L);
      host.settle();
    }
    host.clock.advance(100_000_000L);
    host.network.arriveFirst(LinkListener::woken);
    host.settle();
    assertThat(host.instance().state()).isEqualTo("BACKUP");
    assertThat(stalls(host)).hasSize(1);
    assertThat(host.status().daemon().get("stalled-ms")).isBetween(3900L, 5100L);
  }

  @Test
  void whatIsShortIsNoEvent() {
    FakeHost host = active();
    sleep(host, 0.2);
    host.runSeconds(1);
    sleep(host, 0.2);
    assertThat(stalls(host)).isEmpty();
    assertThat(host.status().daemon()).containsEntry("stalls", 0L).containsEntry("stalled-ms", 0L);
  }
}
