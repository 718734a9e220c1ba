package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipd.daemon.config.VirtualRoute;
import org.vipd.daemon.config.check.host.TableNames;
import org.vipd.daemon.port.RouteInstall;
import org.vipd.daemon.port.RoutePort;
import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.route.IpRoute;
import org.vipd.netlink.route.RouteOutcome;
import org.vipd.netlink.route.RoutingOperations;
import org.vipd.netlink.route.RoutingRequest;

class LinuxRoutesTest {

  @TempDir private Path folder;

  private final Kernel kernel = new Kernel();
  private final List<Integer> watched = new ArrayList<>();
  private int opened;
  private LinuxRoutes routes;

  /** Answers what it was told to. */
  private static final class Kernel implements RoutingOperations {

    private final List<IpRoute> asked = new ArrayList<>();
    private List<RouteOutcome> answers = List.of();
    private boolean isBroken;

    @Override
    public List<RouteOutcome> add(List<? extends RoutingRequest> requested) {
      if (isBroken) {
        throw new SyscallException("rtnetlink", Errno.ENOBUFS, "the kernel's answer");
      }
      requested.forEach(it -> asked.add((IpRoute) it));
      return answers;
    }

    @Override
    public List<RouteOutcome> remove(List<? extends RoutingRequest> requested) {
      return add(requested);
    }

    @Override
    public int port() {
      return 77;
    }
  }

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(folder.resolve("rt_tables.d"));
    Files.writeString(
        folder.resolve("rt_tables"), "# names\n255\tlocal\n7 vpn # ours\nx y\n0 no\n");
    Files.writeString(folder.resolve("rt_tables.d/more.conf"), "0x400 far\n");
    routes =
        new LinuxRoutes(
            () -> {
              opened++;
              return kernel;
            },
            watched::add,
            new TableNames(List.of(folder.resolve("none"), folder)));
  }

  private static RouteInstall route(String text) {
    return new RouteInstall(3, VirtualRoute.parse(text).orElseThrow());
  }

  private static RouteOutcome outcome(int errno, String words) {
    return new RouteOutcome(Errno.of(errno), words);
  }

  @Test
  void opensNothingWithoutRoutes() {
    routes.prepare(List.of());
    assertThat(routes.install(List.of())).isEqualTo(RoutePort.Installed.ALL);
    assertThat(opened).isZero();
    assertThat(watched).isEmpty();
  }

  @Test
  void listensOnceForLosses() {
    routes.listen(List.of(route("10.1.0.0/16 dev eth0")));
    routes.prepare(List.of(route("10.1.0.0/16 dev eth0")));
    assertThat(watched).containsExactly(77);
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void translatesTablesByNameAndNumber() {
    kernel.answers = List.of(outcome(0, ""), outcome(0, ""), outcome(0, ""), outcome(0, ""));
    routes.install(
        List.of(
            route("10.1.0.0/16 dev eth0"),
            route("10.1.0.0/16 dev eth0 table vpn"),
            route("10.1.0.0/16 dev eth0 table far"),
            route("blackhole 10.1.0.0/16 table 1")));
    assertThat(kernel.asked).extracting(IpRoute::table).containsExactly(254, 7, 1024, 1);
    assertThat(kernel.asked).extracting(IpRoute::type).containsExactly(1, 1, 1, 6);
    assertThat(kernel.asked).extracting(IpRoute::protocol).containsOnly(18);
  }

  @Test
  void saysWhichRouteFailsWhyAndWhatHelps() {
    RouteInstall first = route("10.1.0.0/16 via 10.0.0.1 dev eth0");
    RouteInstall second = route("10.2.0.0/16 dev eth0");
    RouteInstall unknown = route("10.3.0.0/16 dev eth0 table nowhere");
    kernel.answers = List.of(outcome(101, "Nexthop has invalid gateway"), outcome(17, ""));
    RoutePort.Installed result = routes.install(List.of(first, unknown, second));
    assertThat(result.existing()).containsExactly(second);
    assertThat(result.failures())
        .extracting(RoutePort.Failure::message)
        .containsExactly(
            "cannot install route 10.3.0.0/16 dev eth0 table nowhere: there is no routing table"
                + " 'nowhere'; write its number, or add the name to /etc/iproute2/rt_tables",
            "cannot install route 10.1.0.0/16 via 10.0.0.1 dev eth0: ENETUNREACH (Network is"
                + " unreachable) (Nexthop has invalid gateway); the gateway must be reached over an"
                + " address of this host, or give the route dev and onlink");
  }

  @Test
  void tellsWhatWasNotThereFromWhatCannotBeRemoved() {
    RouteInstall first = route("10.1.0.0/16 dev eth0");
    RouteInstall second = route("10.2.0.0/16 dev eth0");
    RouteInstall third = route("10.3.0.0/16 dev eth0");
    kernel.answers = List.of(outcome(3, ""), outcome(1, ""), outcome(0, ""));
    RoutePort.Removed result = routes.remove(List.of(first, second, third));
    assertThat(result.missing()).containsExactly(first);
    assertThat(result.failures()).extracting(RoutePort.Failure::route).containsExactly(second);
  }

  @Test
  void saysThatTheWholeBatchFailed() {
    kernel.isBroken = true;
    RouteInstall route = route("10.1.0.0/16 dev eth0");
    assertThat(routes.install(List.of(route)).failures())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains("ENOBUFS", "10.1.0.0/16 dev eth0"));
  }

  @Test
  void recordsTheNumberOfATableAndNothingThatCannotBeInstalled() {
    assertThat(routes.recordable(route("10.1.0.0/16 dev eth0 table vpn")).map(RouteInstall::text))
        .contains("10.1.0.0/16 dev eth0 table 7");
    assertThat(routes.recordable(route("10.1.0.0/16 dev eth0")).map(RouteInstall::text))
        .contains("10.1.0.0/16 dev eth0");
    assertThat(routes.recordable(route("10.1.0.0/16 dev eth0 table nowhere")))
        .isEqualTo(Optional.empty());
  }
}
