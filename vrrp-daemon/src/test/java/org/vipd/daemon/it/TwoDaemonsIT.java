package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two daemons with the same instance in one network namespace. */
@Execution(ExecutionMode.CONCURRENT)
class TwoDaemonsIT extends LabTest {

  private static final String HELD =
      Texts.VIP + "/24 on eth0 has a lease that is not of this daemon";

  private static VipdNode another(Host host, String text) {
    VipdNode second =
        VipdNode.attach(host, host.file("other.conf", text), host.home().resolve("run2"));
    second.restart();
    return second;
  }

  @Test
  void serveOneAfterTheOther() {
    Host host = host();
    String text = Texts.instance(100, "");
    VipdNode first = VipdNode.start(host, text);
    first.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    VipdNode second = another(host, text);
    second.awaitState("FAULT");
    assertThat(second.ask("status")).contains(HELD);
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
    assertThat(first.state()).isEqualTo("MASTER");
    assertThat(first.log()).doesNotContain("put back", "resumed");
    first.stop();
    second.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
  }

  /** As a container that was made anew on the same host, without the runtime directory. */
  @Test
  void claimWithoutTheLedgerWhenTheLeaseOfTheFirstHasEnded() {
    Host host = host();
    VipdNode first = VipdNode.start(host, Texts.instance(255, "advert_int 5"));
    first.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    first.process().kill();
    VipdNode second = another(host, Texts.instance(255, ""));
    second.awaitState("MASTER");
    second.awaitLog("no other vipd has its addresses any more");
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
  }

  /** Its ledger names the address, because it was ready to claim it. */
  @Test
  void letTheOneThatAddedTheAddressKeepIt() {
    Host host = host();
    VipdNode second = another(host, Texts.instance(100, ""));
    second.awaitState("MASTER");
    second.process().kill();
    Await.until("its lease has ended", () -> !host.hasAddress(Texts.VIP));
    VipdNode first = VipdNode.start(host, Texts.instance(100, ""));
    first.awaitState("MASTER");
    Await.until("the address is there", () -> host.hasAddress(Texts.VIP));
    second.restart();
    second.awaitState("FAULT");
    assertThat(second.log()).contains("MASTER");
    assertThat(second.ask("status")).contains(HELD);
    assertThat(first.state()).isEqualTo("MASTER");
    assertThat(host.hasAddress(Texts.VIP)).isTrue();
    assertThat(first.log()).doesNotContain("put back");
  }
}
