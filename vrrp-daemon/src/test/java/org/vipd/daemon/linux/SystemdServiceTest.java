package org.vipd.daemon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.runtime.MonotonicClock;
import org.vipd.daemon.testkit.RecordingJournal;

class SystemdServiceTest {

  private final MonotonicClock clock = new MonotonicClock();
  private final RecordingJournal journal = new RecordingJournal();

  private SystemdService service(Map<String, String> environment) {
    return SystemdService.of(environment, clock, journal);
  }

  @ParameterizedTest
  @CsvSource({"1,500", "3000000,1500000000", "30000000,15000000000"})
  void givesSignsOfLifeAtHalfTheWatchdogTime(String micros, long nanos) {
    Map<String, String> environment = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", micros);
    assertThat(service(environment).aliveIntervalNanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "99999999999999999999"})
  void givesNoneWhenNobodyWaits(String micros) {
    Map<String, String> environment = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", micros);
    assertThat(service(environment).aliveIntervalNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(service(Map.of("WATCHDOG_USEC", "3000000")).aliveIntervalNanos())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void isSilentWithoutAServiceManager() {
    SystemdService service = service(Map.of());
    service.ready("x");
    service.reloading();
    service.alive();
    service.stopping();
    assertThat(journal.messages()).isEmpty();
  }

  @Test
  void complainsOnceWhenTheServiceManagerDoesNotListen(@TempDir Path folder) {
    SystemdService service = service(Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()));
    service.ready("x");
    service.alive();
    assertThat(journal.messages())
        .singleElement()
        .asString()
        .startsWith("warn systemd cannot be told how the daemon is: ");
  }
}
