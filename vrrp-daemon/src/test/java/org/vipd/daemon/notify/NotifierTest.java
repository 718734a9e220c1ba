package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.PipePort;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

class NotifierTest {

  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        virtual_ipaddress { 10.0.0.100 }
      """;

  private final RecordingJournal journal = new RecordingJournal();
  private final List<Notice> followed = new ArrayList<>();

  /** Pipes that are full until a test makes room, at paths that are gone once they are closed. */
  private static final class FakePipes implements PipePort {
    private final List<String> steps = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, OpenPipe> present = new HashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hasRoom = true;
    private volatile boolean isHeld;

    /** What was written when its path is gone, nobody reads. */
    private final class OpenPipe implements Pipe {
      private final String path;

      OpenPipe(String path) {
        this.path = path;
      }

      @Override
      public boolean write(byte[] line) {
        awaitRelease();
        synchronized (FakePipes.this) {
          if (hasRoom && present.get(path) == this) {
            lines.add(new String(line, StandardCharsets.UTF_8));
          }
          return hasRoom;
        }
      }

      @Override
      public void close() {
        synchronized (FakePipes.this) {
          steps.add("close");
          present.remove(path);
        }
      }
    }

    private void awaitRelease() {
      try {
        if (isHeld) {
          released.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public synchronized Pipe open(String path, Optional<Account> owner) {
      steps.add("open");
      return present.computeIfAbsent(path, OpenPipe::new);
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    synchronized List<String> steps() {
      return List.copyOf(steps);
    }
  }

  private final FakeClock clock = new FakeClock();
  private final FakePipes pipe = new FakePipes();
  private final Notifier notifier =
      new Notifier(new Receivers(pipe, "lb1"), clock, journal, List.of(followed::add));

  private static DaemonConfig config(String globals, String ofInstance) {
    return Configurations.of("global_defs { " + globals + " }\n" + INSTANCE + ofInstance + "\n}\n");
  }

  @Test
  void writesTheLinesThatKeepalivedWrites() throws InterruptedException {
    notifier.configure(config("notify_fifo /run/vip.fifo", ""));
    notifier.publish(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines()).containsExactly("INSTANCE \"VI_1\" MASTER 100\n");
    assertThat(followed).hasSize(1);
    assertThat(notifier.deliveries().get(0).result()).isEqualTo("delivered");
  }

  @Test
  void tellsOfGroupsAndSaysAgainToPipesOnly() throws InterruptedException {
    notifier.configure(config("notify_fifo /run/vip.fifo", ""));
    notifier.publish(Notices.group("G", "BACKUP", "MASTER"));
    notifier.publish(Notices.state("VI_1", "MASTER", "MASTER", 100));
    notifier.publish(Notices.state("VI_2", "INIT", "INIT", 100));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines())
        .containsExactlyInAnyOrder("GROUP \"G\" MASTER 0\n", "INSTANCE \"VI_1\" MASTER 100\n");
    assertThat(followed).extracting(it -> it.subject().name()).containsExactly("G");
  }

  /** Programs that read keepalived's pipes know no such line. */
  @Test
  void tellsAStallToFollowersOnly() throws InterruptedException {
    notifier.configure(config("notify_fifo /run/vip.fifo\nvrrp_notify_priority_changes on", ""));
    notifier.publish(Notices.stall("woke up 4.213 s late: a cause"));
    notifier.publish(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines()).containsExactly("INSTANCE \"VI_1\" MASTER 100\n");
    assertThat(followed)
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.STALL, Notice.Kind.STATE);
    assertThat(notifier.refused()).isZero();
  }

  @Test
  void tellsPriorityChangesOnlyWhereTheyAreAskedFor() {
    DaemonConfig without = config("notify_fifo /run/vip.fifo", "");
    notifier.configure(without);
    notifier.publish(Notices.priority("VI_1", "MASTER", 90));
    notifier.configure(config("notify_fifo /run/vip.fifo", "notify_priority_changes"));
    notifier.publish(Notices.priority("VI_1", "MASTER", 80));
    notifier.publish(Notices.priority("VI_1", "FAULT", 70));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines()).containsExactly("INSTANCE \"VI_1\" MASTER_PRIORITY 80\n");
  }

  @Test
  void anInstanceMayRefusePriorityChangesThatAreUsual() {
    notifier.configure(
        config(
            "notify_fifo /run/vip.fifo\nvrrp_notify_priority_changes on",
            "notify_priority_changes off"));
    notifier.publish(Notices.priority("VI_1", "MASTER", 80));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines()).isEmpty();
  }

  @Test
  void aPipeThatNobodyReadsHoldsUpNobodyAndGetsTheLastStateWhenThereIsRoom()
      throws InterruptedException {
    pipe.hasRoom = false;
    notifier.configure(config("notify_fifo /run/vip.fifo", ""));
    for (int i = 0; i < 10_000; i++) {
      boolean rises = i % 2 == 0;
      String state = rises ? "MASTER" : "BACKUP";
      notifier.publish(Notices.state("VI_1", rises ? "BACKUP" : "MASTER", state, 1 + i % 254));
    }
    assertThat(followed).hasSize(10_000);
    assertThat(notifier.deliveries()).hasSize(1);
    assertThat(notifier.deliveries().get(0).isWaiting()).isTrue();
    pipe.hasRoom = true;
    clock.advance(10_000_000_000L);
    notifier.publish(Notices.state("VI_1", "BACKUP", "FAULT", 7));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.lines()).last().isEqualTo("INSTANCE \"VI_1\" FAULT 7\n");
    assertThat(pipe.lines().size()).isLessThan(10);
  }

  private static DaemonConfig withSecondInstance(String globals, String ofInstance) {
    String second =
        INSTANCE.replace("VI_1", "VI_2").replace("id 51", "id 52").replace(".100", ".101");
    return Configurations.of(
        "global_defs { "
            + globals
            + " }\n"
            + INSTANCE
            + ofInstance
            + "\n}\n"
            + second
            + ofInstance
            + "\n}\n");
  }

  @Test
  void whatHasNoRoomIsLostCountedAndSaidOnceAndNobodyElseLosesAnything()
      throws InterruptedException {
    pipe.hasRoom = false;
    notifier.configure(config("notify_fifo /run/vip.fifo", ""));
    assertThat(notifier.refused()).isZero();
    for (int i = 0; i < 1000; i++) {
      notifier.publish(Notices.state("stranger " + i, "BACKUP", "MASTER", 1));
    }
    long lost = notifier.refused();
    assertThat(lost).isBetween(800L, 999L);
    assertThat(notifier.deliveries()).hasSize((int) (1000 - lost));
    assertThat(journal.messages())
        .filteredOn(it -> it.contains("notices-refused"))
        .singleElement()
        .isEqualTo(
            "warn fifo /run/vip.fifo is not told that stranger %d is MASTER: too many others wait;"
                    .formatted(1000 - lost)
                + " what is lost is counted silently (notices-refused)");
    // those who have a lane keep it
    notifier.publish(Notices.state("stranger 0", "MASTER", "FAULT", 1));
    assertThat(notifier.refused()).isEqualTo(lost);
  }

  @Test
  void aPipeStaysOpenWhenAnInstanceComesWhosePriorityChangesAreTold() {
    String globals = "notify_fifo /run/vip.fifo\nvrrp_notify_priority_changes on";
    notifier.configure(config(globals, ""));
    notifier.publish(Notices.priority("VI_2", "MASTER", 90));
    notifier.configure(withSecondInstance(globals, ""));
    notifier.publish(Notices.priority("VI_2", "MASTER", 80));
    notifier.stop(10_000_000_000L);
    assertThat(pipe.steps()).containsExactly("open", "close");
    assertThat(pipe.lines()).containsExactly("INSTANCE \"VI_2\" MASTER_PRIORITY 80\n");
  }

  @Test
  void aPipeWithAnotherOwnerIsOpenedOnceTheOneBeforeIsGone() {
    pipe.isHeld = true;
    notifier.configure(config("notify_fifo /run/vip.fifo root", ""));
    notifier.publish(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    notifier.configure(config("notify_fifo /run/vip.fifo nobody", ""));
    notifier.publish(Notices.state("VI_1", "MASTER", "BACKUP", 100));
    while (waitingThreads() < 2 && pipe.steps().size() < 2) {
      Thread.onSpinWait();
    }
    pipe.released.countDown();
    notifier.stop(10_000_000_000L);
    assertThat(pipe.steps()).containsExactly("open", "close", "open", "close");
    assertThat(pipe.lines())
        .containsExactly("INSTANCE \"VI_1\" MASTER 100\n", "INSTANCE \"VI_1\" BACKUP 100\n");
  }

  private static long waitingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().equals("vipd-notify fifo /run/vip.fifo"))
        .filter(it -> it.getState() == Thread.State.WAITING)
        .count();
  }

  @Test
  void mailThatWaitsForAnotherTryOutlivesAReloadThatAddsAnInstance() {
    // nobody listens at port 1
    String globals = "smtp_server 127.0.0.1 1\nnotification_email { a@example.org }\nsmtp_alert";
    notifier.configure(config(globals, ""));
    notifier.publish(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    notifier.configure(withSecondInstance(globals, ""));
    notifier.publish(Notices.state("VI_2", "BACKUP", "MASTER", 100));
    assertThat(notifier.deliveries())
        .extracting(it -> it.subject() + " " + it.isWaiting())
        .containsExactlyInAnyOrder("VI_1 true", "VI_2 true");
    notifier.stop(10_000_000_000L);
  }

  @Test
  void opensNothingForAConfigurationWithoutReceivers() {
    notifier.configure(config("router_id x", ""));
    notifier.publish(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    assertThat(notifier.deliveries()).isEmpty();
    assertThat(pipe.steps()).isEmpty();
  }

  @Test
  void mailNeedsAServerRecipientsAndAnInstanceThatWantsIt() {
    Receivers receivers = new Receivers(pipe, "lb1");
    String server = "smtp_server 127.0.0.1 2525\n";
    String recipients = "notification_email { a@example.org b@example.org }\n";
    assertThat(receivers.of(config(server + recipients, ""))).isEmpty();
    assertThat(receivers.of(config(recipients + "smtp_alert", ""))).isEmpty();
    assertThat(receivers.of(config(server + "smtp_alert", ""))).isEmpty();
    List<Receivers.Spec> found =
        receivers.of(config(server + recipients + "no_email_faults", "smtp_alert"));
    Receivers.MailSpec mail = (Receivers.MailSpec) found.get(0);
    assertThat(mail.account().port()).isEqualTo(2525);
    assertThat(mail.account().recipients()).containsExactly("a@example.org", "b@example.org");
    assertThat(mail.alertsOf()).containsExactly("VI_1");
    assertThat(mail.sendsFaults()).isFalse();
  }
}
