package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {

  @ParameterizedTest
  @CsvSource({
    "5.18.0, true",
    "6.1.0-28-amd64, true",
    "10.0, true",
    "5.17.15, false",
    "5.4.0-150-generic, false",
    "4.18.0-553.el8_10.x86_64, false",
    "'', false",
    "unknown, false",
    "99999.1, false"
  })
  void keepsMarksSinceTheKernelThatBroughtThem(String release, boolean isKept) {
    assertThat(KernelVersion.of(release).keepsAddressProtocol()).isEqualTo(isKept);
  }

  @Test
  void saysWhatAnOldOneDoesNotKeep() {
    assertThat(KernelVersion.of("5.4.0-150-generic").notice().orElseThrow())
        .startsWith("Linux 5.4 is older than 5.18 and may not keep who has added an address");
    assertThat(KernelVersion.of("6.1.0-28-amd64").notice()).isEmpty();
  }
}
