package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrivilegesTest {

  @Test
  void findsTheCapabilityAmongTheEffectiveOnes() {
    assertThat(may("000001ffffffffff")).isTrue();
    assertThat(may("0000000000001000")).isTrue();
  }

  @Test
  void missesItAmongOthers() {
    // CAP_NET_RAW alone, and everything else
    assertThat(may("0000000000002000")).isFalse();
    assertThat(may("000001ffffffefff")).isFalse();
    assertThat(may("0000000000000000")).isFalse();
  }

  @Test
  void doesNotRefuseWhatItCannotRead() {
    assertThat(Privileges.mayAdministrateNetworks("Name:\tjava\n")).isTrue();
  }

  private static boolean may(String mask) {
    return Privileges.mayAdministrateNetworks(
        "Name:\tjava\nCapPrm:\t0000000000000000\nCapEff:\t" + mask + "\nCapBnd:\tffff\n");
  }
}
