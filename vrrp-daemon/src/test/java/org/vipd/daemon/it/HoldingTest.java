package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingTest {

  private static final Holding SPAN = Holding.between(10, 100);

  @Test
  void findsTheTimeWithTwoHolders() {
    List<Holding> one = List.of(new Holding(0, 50));
    assertThat(Holding.longestTogether(one, List.of(new Holding(50, 90)), SPAN)).isZero();
    assertThat(Holding.longestTogether(one, List.of(new Holding(45, 90)), SPAN)).isEqualTo(5);
    assertThat(Holding.longestTogether(one, List.of(new Holding(0, 5)), SPAN)).isZero();
    List<Holding> forEver = List.of(new Holding(0, Long.MAX_VALUE));
    assertThat(Holding.longestTogether(forEver, forEver, SPAN)).isEqualTo(90);
  }

  @Test
  void findsTheTimeWithoutAHolder() {
    List<Holding> one = List.of(new Holding(0, 50));
    assertThat(Holding.longestWithout(one, List.of(new Holding(60, 100)), SPAN)).isEqualTo(10);
    assertThat(Holding.longestWithout(one, List.of(), SPAN)).isEqualTo(50);
    assertThat(Holding.longestWithout(List.of(), List.of(), SPAN)).isEqualTo(90);
    assertThat(Holding.longestWithout(one, List.of(new Holding(40, 200)), SPAN)).isZero();
  }
}
