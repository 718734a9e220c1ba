package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/** Two addresses that prefer different nodes spread the load, and one node serves both alone. */
@Execution(ExecutionMode.CONCURRENT)
class MirroredAddressesIT {

  private static final List<String> ADDRESSES = List.of("10.9.0.101", "10.9.0.102");

  private static String configuration(int first, int second) {
    return instance(1, first) + instance(2, second);
  }

  private static String instance(int number, int priority) {
    return """
        vrrp_instance VI_%d {
          interface eth0
          virtual_router_id %d
          priority %d
          advert_int 1
          virtual_ipaddress { %s/24 }
        }
        """
        .formatted(number, 60 + number, priority, ADDRESSES.get(number - 1));
  }

  @Test
  void eachNodeServesItsOwnAndTakesTheOtherWhenThatNodeIsLost() {
    NetworkNamespace.assumeAvailable();
    try (Lab lab = Lab.create("mir")) {
      VipdNode one = VipdNode.start(lab.host("one", "10.9.0.1/24"), configuration(150, 100));
      VipdNode two = VipdNode.start(lab.host("two", "10.9.0.2/24"), configuration(100, 150));
      awaitHeld(one, two, true, false, true);
      assertThat(two.stop()).isZero();
      Await.until(
          "one serves both",
          Await.GENEROUS,
          () -> ADDRESSES.stream().allMatch(one.host()::hasAddress),
          one::log);
      two.restart();
      awaitHeld(one, two, true, false, true);
      assertThat(one.host().hasAddress(ADDRESSES.get(1))).isFalse();
    }
  }

  private static void awaitHeld(
      VipdNode one, VipdNode two, boolean first, boolean crossed, boolean second) {
    Await.until(
        "each node has its own address",
        Await.GENEROUS,
        () ->
            one.host().hasAddress(ADDRESSES.get(0)) == first
                && one.host().hasAddress(ADDRESSES.get(1)) == crossed
                && two.host().hasAddress(ADDRESSES.get(0)) == crossed
                && two.host().hasAddress(ADDRESSES.get(1)) == second,
        () -> one.log() + two.log());
  }
}
