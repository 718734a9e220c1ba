package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Interfaces and addresses go and come back, and the daemon follows without a restart. */
@Execution(ExecutionMode.CONCURRENT)
class RebindIT extends LabTest {

  private static final int FLAPS = Integer.getInteger("vipd.flaps", 1000);

  /** More than what moves by itself; a thing kept for each flap would be more. */
  private static final long HEAP_BYTES = 1 << 20;

  private static final String IPV4 = "10.66.0.1/24";
  private static final List<String> VIRTUAL =
      List.of("10.66.0.101", "10.66.0.102", "10.66.0.103", "fe80::104", "fe80::105");

  private static String configuration() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < VIRTUAL.size(); i++) {
      String address = VIRTUAL.get(i);
      text.append("vrrp_instance router")
          .append(i)
          .append(" {\n  interface eth0\n  version 3\n  advert_int 0.3\n  virtual_router_id ")
          .append(101 + i)
          .append("\n  virtual_ipaddress {\n    ")
          .append(address)
          .append(address.contains(":") ? "/64" : "/24")
          .append("\n  }\n}\n");
    }
    return text.toString();
  }

  private static List<String> values(VipdNode vipd, String field) {
    List<String> values = new ArrayList<>();
    vipd.status()
        .ifPresent(
            status -> {
              for (JsonElement instance : status.getAsJsonArray("instances")) {
                values.add(instance.getAsJsonObject().get(field).getAsString());
              }
            });
    return values;
  }

  private static void awaitAll(VipdNode vipd, String event, String state, List<Integer> which) {
    Await.until(
        event + ": " + state,
        Await.GENEROUS,
        () -> {
          List<String> states = values(vipd, "state");
          return !states.isEmpty() && which.stream().allMatch(i -> states.get(i).equals(state));
        },
        () -> values(vipd, "state") + "\n" + vipd.log());
  }

  private static void awaitFault(VipdNode vipd, String event, String reason, List<Integer> which) {
    awaitAll(vipd, event, "FAULT", which);
    for (int i : which) {
      assertThat(values(vipd, "reason").get(i)).contains(reason);
    }
    for (int i : which) {
      String address = VIRTUAL.get(i);
      Await.until("without " + address, () -> !vipd.host().hasAddress(address));
    }
  }

  private static void awaitActive(VipdNode vipd, String event) {
    awaitAll(vipd, event, "MASTER", List.of(0, 1, 2, 3, 4));
    for (String address : VIRTUAL) {
      Await.until("with " + address, () -> vipd.host().hasAddress(address));
    }
    // on a busy machine the rehearsal of a fresh process is not over yet, and has a socket, too
    Await.until("one socket for three instances", () -> RawSockets.hearingIpv4(vipd.host()) == 1);
    Await.until("one socket for two instances", () -> RawSockets.hearingIpv6(vipd.host()) == 1);
  }

  @Test
  void followsInterfacesAndAddressesThatGoAndComeBack() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, configuration());
    List<Integer> all = List.of(0, 1, 2, 3, 4);
    awaitActive(vipd, "started");

    lab().connect("one", false);
    awaitFault(vipd, "cable pulled", "is down or has no carrier", all);
    lab().connect("one", true);
    awaitActive(vipd, "cable plugged in");

    host.run("ip", "link", "set", Lab.INTERFACE, "down");
    awaitFault(vipd, "link down", "is down or has no carrier", all);
    host.run("ip", "link", "set", Lab.INTERFACE, "up");
    awaitActive(vipd, "link up");

    host.run("ip", "address", "del", IPV4, "dev", Lab.INTERFACE);
    awaitFault(vipd, "source address lost", "waiting for an IPv4 address", List.of(0, 1, 2));
    awaitAll(vipd, "IPv6 is not concerned", "MASTER", List.of(3, 4));
    host.run("ip", "address", "add", IPV4, "dev", Lab.INTERFACE);
    awaitActive(vipd, "source address regained");

    host.run("ip", "link", "del", Lab.INTERFACE);
    awaitFault(vipd, "interface deleted", "which does not exist", all);
    NetworkNamespace.connect(lab().network(), "port-one", host.namespace(), Lab.INTERFACE);
    lab().network().enslave("port-one", Lab.BRIDGE);
    host.run("ip", "address", "add", IPV4, "dev", Lab.INTERFACE);
    awaitActive(vipd, "interface created again");

    host.run("ip", "link", "add", "br7", "type", "bridge");
    host.run("ip", "link", "set", Lab.INTERFACE, "master", "br7");
    awaitFault(vipd, "port of a bridge", "which is a port of a bridge", all);
    host.run("ip", "link", "set", Lab.INTERFACE, "nomaster");
    host.run("ip", "link", "del", "br7");
    awaitActive(vipd, "port of nothing");

    // first: whoever asks a Java machine leaves a socket in it
    long heapBefore = LiveHeap.bytesOf(vipd);
    Resources before = Resources.of(vipd);
    String flap =
        "for i in $(seq " + FLAPS + "); do ip link set eth0 down; ip link set eth0 up; done";
    host.run("sh", "-c", flap);
    awaitActive(vipd, "after " + FLAPS + " flaps");
    before.awaitNoMoreIn(vipd);
    long grown = LiveHeap.bytesOf(vipd) - heapBefore;
    System.out.println(FLAPS + " flaps: the live heap has grown by " + grown + " bytes");
    assertThat(grown).as("bytes of live heap").isLessThan(HEAP_BYTES);

    assertThat(vipd.stop()).isZero();
    assertThat(RawSockets.hearingIpv4(host)).isZero();
    assertThat(vipd.log()).doesNotContain("ERROR", "Exception");
  }

  /** The kernel takes IPv6 addresses away with their link: no report of an own removal follows. */
  @Test
  void saysThatAnotherProgramRemovesAnIpv6AddressAlsoAfterALinkFlap() {
    String address = "2001:db8:66::9";
    Host host = host();
    VipdNode vipd =
        VipdNode.start(
            host, Texts.instance(255, "virtual_ipaddress_excluded {\n    " + address + "/64\n  }"));
    for (int flaps = 1; flaps <= 3; flaps++) {
      Await.until("with " + address, () -> host.hasAddress(address));
      host.run("ip", "link", "set", Lab.INTERFACE, "down");
      vipd.awaitState("FAULT");
      Await.until("without " + address, () -> !host.hasAddress(address));
      host.run("ip", "link", "set", Lab.INTERFACE, "up");
      vipd.awaitState("MASTER");
    }
    Await.until("with " + address, () -> host.hasAddress(address));
    assertThat(vipd.log()).doesNotContain("another program");
    // in one moment, so that it need not be put back
    String batch = "printf 'address del %s\\naddress add %s\\n' | ip -batch -";
    host.run("sh", "-c", batch.replace("%s", address + "/64 dev " + Lab.INTERFACE));
    vipd.awaitLog(address + "/64 was removed by another program and is put back");
    assertThat(vipd.counter("addresses-restored")).isEqualTo(1);
    assertThat(vipd.state()).isEqualTo("MASTER");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(address)).isFalse();
  }

  /** While the daemon looks away: it must not go on where it was, nor with the address there. */
  @Test
  void beginsAnewWhereItsNameHasPassedToAnotherLink() {
    Host host = host();
    VipdNode vipd = VipdNode.start(host, Texts.instance(100, ""));
    vipd.awaitState("MASTER");
    host.run("ip", "link", "add", "new0", "type", "veth", "peer", "name", "new1");
    host.run("ip", "link", "set", "new1", "up");
    String batch =
        "printf 'link set %s name old0\nlink set new0 name %s\naddress add 10.66.0.9/24 dev %s\n"
            + "link set %s up\n' | ip -batch -";
    vipd.process().signal("STOP");
    host.run("sh", "-c", batch.replace("%s", Lab.INTERFACE));
    vipd.process().signal("CONT");
    vipd.awaitLog("-> FAULT (interface " + Lab.INTERFACE + " is another one now");
    String show = "ip -o address show to " + Texts.VIP;
    Await.until(
        "the new link has the address",
        Await.GENEROUS,
        () -> host.run("sh", "-c", show).contains(" " + Lab.INTERFACE + " "),
        vipd::log);
    assertThat(host.run("sh", "-c", show)).doesNotContain("old0");
    assertThat(vipd.stop()).isZero();
    assertThat(host.hasAddress(Texts.VIP)).isFalse();
  }
}
