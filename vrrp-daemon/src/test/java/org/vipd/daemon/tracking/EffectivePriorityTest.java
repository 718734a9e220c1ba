package org.vipd.daemon.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.value.Priority;

class EffectivePriorityTest {

  private static EffectivePriority of(int base, int... amounts) {
    List<Contribution> contributions = new ArrayList<>();
    for (int amount : amounts) {
      contributions.add(new Contribution("c" + (contributions.size() + 1), amount));
    }
    return new EffectivePriority(Priority.of(base), contributions);
  }

  private static void expect(EffectivePriority priority, int value, String arithmetic) {
    assertThat(priority.value().value()).isEqualTo(value);
    assertThat(priority.arithmetic()).isEqualTo(arithmetic);
  }

  @Test
  void isTheBaseWhenNothingIsAdded() {
    expect(of(100), 100, "100");
    expect(of(100, 0, 0), 100, "100");
    expect(of(255), 255, "255");
  }

  @Test
  void addsWhatEachCheckContributes() {
    expect(of(100, -2), 98, "98 = 100 - 2 c1");
    expect(of(100, 20, 0, -5), 115, "115 = 100 + 20 c1 - 5 c3");
  }

  @Test
  void staysWithinOneAndTwoHundredFiftyFour() {
    expect(of(100, 154), 254, "254 = 100 + 154 c1");
    expect(of(100, 155), 254, "254 = 100 + 155 c1 (255 is kept within 1..254)");
    expect(of(100, -99), 1, "1 = 100 - 99 c1");
    expect(of(100, -100), 1, "1 = 100 - 100 c1 (0 is kept within 1..254)");
    expect(of(1, -253, -253), 1, "1 = 1 - 253 c1 - 253 c2 (-505 is kept within 1..254)");
  }

  @Test
  void limitsOnlyTheSum() {
    expect(of(200, 200, -200), 200, "200 = 200 + 200 c1 - 200 c2");
  }

  @Test
  void neverChangesTheOwner() {
    expect(of(255, -100), 255, "255 = 255 (owner: checks do not change it)");
  }
}
