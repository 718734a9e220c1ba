package org.vipd.daemon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.testkit.Configurations;
import org.vipd.daemon.testkit.FakeHost;
import org.vipd.daemon.testkit.FakeLan;

/** Whatever is done to the time of day, the election takes monotonic time only. */
class TimeOfDayTest {

  private static final int SECONDS = 20;

  @Test
  void jumpsOfTheTimeOfDayMoveNothing() {
    FakeLan lan = new FakeLan();
    String check = "vrrp_script chk {\n script \"/bin/true\"\n interval 2\n weight -60\n}\n";
    String tracked = "track_script { chk }";
    FakeHost high = lan.add(check + Configurations.instance(150, tracked), "10.0.0.2/24").start();
    FakeHost low = lan.add(Configurations.instance(100), "10.0.0.3/24").start();
    lan.runSeconds(10);
    long risen = high.instance().counters().get("master-transitions");
    for (Duration step :
        List.of(
            Duration.ofHours(1),
            Duration.ofHours(-2),
            Duration.ofDays(7300),
            Duration.ofDays(-9000),
            Duration.ofMillis(-900))) {
      high.stepTimeOfDay(step);
      low.stepTimeOfDay(step.negated());
      long sent = high.instance().counters().get("advertisement-sent");
      lan.runSeconds(SECONDS);
      assertThat(high.instance().state()).as("after a step of " + step).isEqualTo("MASTER");
      assertThat(low.instance().state()).isEqualTo("BACKUP");
      assertThat(high.instance().counters())
          .containsEntry("advertisement-sent", sent + SECONDS)
          .containsEntry("master-transitions", risen);
      assertThat(low.instance().counters()).containsEntry("master-transitions", 0L);
    }
    high.kill();
    low.stepTimeOfDay(Duration.ofDays(1));
    lan.runSeconds(4);
    assertThat(low.instance().state()).isEqualTo("MASTER");
  }
}
