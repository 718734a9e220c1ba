package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** BFD sessions with FRR's bfdd and with Debian's keepalived. */
@Execution(ExecutionMode.CONCURRENT)
class BfdIT extends LabTest {

  private static final String OTHER = "10.66.0.9";

  private static String configuration(String neighbour, String more) {
    return "bfd_instance b {\n neighbor_ip "
        + neighbour
        + "\n"
        + more
        + "\n}\n"
        + Texts.instance(100, "track_bfd {\n b\n}");
  }

  private static JsonObject session(VipdNode vipd) {
    return vipd.status()
        .map(it -> it.getAsJsonArray("sessions"))
        .filter(it -> !it.isEmpty())
        .map(it -> it.get(0).getAsJsonObject())
        .orElseGet(JsonObject::new);
  }

  private static String text(VipdNode vipd, String key) {
    JsonObject session = session(vipd);
    return session.has(key) ? session.get(key).getAsString() : "none";
  }

  private static void awaitSession(VipdNode vipd, String state) {
    Await.until(
        "the session is " + state,
        Await.GENEROUS,
        () -> text(vipd, "state").equals(state),
        () -> session(vipd) + "\n" + vipd.log());
  }

  @Test
  void followsTheDaemonOfFrr() {
    assumeTrue(BfddNode.isInstalled(), "bfdd of FRR is not installed");
    Host far = lab().host("far", OTHER + "/24");
    VipdNode vipd =
        VipdNode.start(host(), configuration(OTHER, " min_rx 200\n min_tx 200\n multiplier 30"));
    BfddNode frr =
        BfddNode.start(
            far,
            "10.66.0.1 interface eth0",
            "detect-multiplier 20\nreceive-interval 150\ntransmit-interval 150");
    awaitSession(vipd, "up");
    vipd.awaitState("MASTER");
    Await.until(
        "both agree on the intervals",
        Await.GENEROUS,
        () ->
            text(vipd, "transmitMillis").equals("200.0")
                && text(vipd, "detectionMillis").equals("4000.0"),
        () -> session(vipd).toString());
    assertThat(frr.session())
        .contains("Status: up", "Detect-multiplier: 30", "Transmission interval: 200ms");
    frr.change("transmit-interval 400");
    Await.until(
        "the neighbour sends more slowly",
        Await.GENEROUS,
        () -> text(vipd, "detectionMillis").equals("8000.0"),
        () -> session(vipd) + frr.session());
    assertThat(session(vipd).getAsJsonObject("counters").get("ups").getAsInt()).isEqualTo(1);
    frr.change("shutdown");
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .isEqualTo(
            "bfd b: 10.66.0.9 is down: the neighbour signalled that it is down, because of:"
                + " administratively down");
    frr.change("no shutdown");
    vipd.awaitState("MASTER");
    frr.process().kill();
    vipd.awaitState("FAULT");
    assertThat(vipd.instance().orElseThrow().get("reason").getAsString())
        .isEqualTo("bfd b: 10.66.0.9 is down: nothing heard for the detection time");
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void tellsTheDaemonOfFrrThatItEnds() {
    assumeTrue(BfddNode.isInstalled(), "bfdd of FRR is not installed");
    Host far = lab().host("far", OTHER + "/24");
    VipdNode vipd = VipdNode.start(host(), configuration(OTHER, " min_rx 300\n min_tx 300"));
    BfddNode frr = BfddNode.start(far, "10.66.0.1 interface eth0", "no shutdown");
    awaitSession(vipd, "up");
    assertThat(vipd.stop()).isZero();
    Await.until(
        "the neighbour knows",
        Await.GENEROUS,
        () -> frr.session().contains("Remote diagnostics: administratively down"),
        frr::session);
  }

  @Test
  void speaksIpv6AndOverSeveralHops() {
    assumeTrue(BfddNode.isInstalled(), "bfdd of FRR is not installed");
    Host near = host();
    Host far = lab().host("far", OTHER + "/24");
    near.run("ip", "address", "add", "2001:db8::1/64", "dev", "eth0", "nodad");
    far.run("ip", "address", "add", "2001:db8::9/64", "dev", "eth0", "nodad");
    String session =
        "bfd_instance %s {\n neighbor_ip 2001:db8::9\n source_ip 2001:db8::1\n min_rx 300\n min_tx 300\n %s\n}\n";
    VipdNode vipd =
        VipdNode.start(
            near,
            session.formatted("b", "")
                + session.formatted("far", "multihop")
                + Texts.instance(100, "track_bfd {\n b\n far\n}"));
    BfddNode frr =
        BfddNode.start(
            far,
            "2001:db8::1 local-address 2001:db8::9 interface eth0",
            "no shutdown\n!\npeer 2001:db8::1 multihop local-address 2001:db8::9");
    Await.until(
        "both sessions are up",
        Await.GENEROUS,
        () ->
            vipd.status()
                    .map(
                        it ->
                            it.getAsJsonArray("sessions")
                                .toString()
                                .split("\"state\":\"up\"", -1)
                                .length)
                    .orElse(0)
                == 3,
        () -> vipd.log() + frr.session());
    vipd.awaitState("MASTER");
    assertThat(vipd.stop()).isZero();
  }

  @Test
  void holdsASessionWithKeepalived() {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    Host far = lab().host("far", OTHER + "/24");
    String intervals = " min_rx 100\n min_tx 100\n multiplier 30";
    VipdNode vipd = VipdNode.start(host(), configuration(OTHER, intervals));
    KeepalivedNode keepalived =
        KeepalivedNode.startWithBfd(
            far,
            "bfd_instance b {\n neighbor_ip 10.66.0.1\n"
                + intervals
                + "\n}\nvrrp_instance other {\n interface eth0\n virtual_router_id 77\n"
                + " priority 100\n virtual_ipaddress {\n 10.66.0.200/24\n }\n track_bfd {\n b\n }\n}\n");
    awaitSession(vipd, "up");
    vipd.awaitState("MASTER");
    Await.until(
        "keepalived counts on the session",
        Await.GENEROUS,
        () -> far.hasAddress("10.66.0.200"),
        () -> far.read("keepalived.log"));
    keepalived.stop();
    vipd.awaitState("FAULT");
    assertThat(vipd.stop()).isZero();
  }
}
