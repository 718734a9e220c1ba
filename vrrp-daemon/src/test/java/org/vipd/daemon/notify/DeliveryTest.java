package org.vipd.daemon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.testkit.FakeClock;
import org.vipd.daemon.testkit.RecordingJournal;

class DeliveryTest {

  private final RecordingJournal journal = new RecordingJournal();

  /** Fails with words of its own. */
  private record Refusing(String words) implements Receiver {

    @Override
    public String name() {
      return "nobody";
    }

    @Override
    public boolean wants(Notice notice) {
      return true;
    }

    @Override
    public void deliver(Notice notice) throws DeliveryException {
      throw new DeliveryException(words);
    }
  }

  @Test
  void whatAReceiverSaysIsOneShortLineInStatusAndLog() {
    Delivery delivery =
        new Delivery(new Refusing("\u001b[2J\nno" + "o".repeat(5000)), new FakeClock(), journal);
    Notice notice = Notices.state("VI_1", "BACKUP", "MASTER", 100);
    delivery.submit(notice);
    delivery.deliver(notice);
    String result = delivery.status().get(0).result();
    assertThat(result).hasSizeLessThan(400).endsWith("ooo ...").doesNotContain("\u001b", "\n");
    assertThat(journal.messages()).hasSize(1);
    assertThat(journal.messages().get(0)).contains(result).hasSizeLessThan(600);
  }

  @Test
  void aReceiverThatCannotBePreparedIsSaidAndTriedAgain() {
    List<Notice> taken = new ArrayList<>();
    Receiver receiver =
        new Receiver() {
          @Override
          public String name() {
            return "odd";
          }

          @Override
          public boolean wants(Notice notice) {
            return true;
          }

          @Override
          public void prepare() {
            throw new IllegalStateException("defect");
          }

          @Override
          public void deliver(Notice notice) {
            taken.add(notice);
          }
        };
    Delivery delivery = new Delivery(receiver, new FakeClock(), journal);
    delivery.submit(Notices.state("VI_1", "BACKUP", "MASTER", 100));
    delivery.end();
    delivery.run();
    assertThat(taken).hasSize(1);
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .contains("odd cannot be told anything yet: unexpected failure")
        .contains("defect");
  }
}
