package org.vipd.protocol.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When announcements are due: their pauses, and what a reload does to them. */
class AnnouncePlanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AnnouncePolicy POLICY =
      new AnnouncePolicy(5, 5 * SECOND, 60 * SECOND, 2, new AnnouncePolicy.Rival(3, 5 * SECOND));

  @Test
  void doublesThePauseAfterARivalUpToAMinuteAndNoFurther() {
    AnnouncePlan plan = AnnouncePlan.onPromotion(POLICY, 0);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      long heard = plan.rivalReadyNanos();
      assertThat(plan.mayAnswerRival(POLICY, heard - 1)).isFalse();
      assertThat(plan.mayAnswerRival(POLICY, heard)).isTrue();
      plan = plan.afterRival(POLICY, heard);
      pauses.add((plan.rivalReadyNanos() - heard) / SECOND);
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void startsWithAShortPauseAgainWhenNobodyWasHeardForAsLongAsTheNextPause() {
    AnnouncePlan plan = afterThreeRivals();
    long quietEnough = plan.rivalReadyNanos() + 8 * SECOND;
    assertThat(plan.afterRival(POLICY, quietEnough).rivalReadyNanos())
        .isEqualTo(quietEnough + SECOND);
    assertThat(plan.afterRival(POLICY, quietEnough).rivalPauseNanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void keepsTheLongPauseWhenTheRivalWasQuietForLess() {
    AnnouncePlan plan = afterThreeRivals();
    long tooEarly = plan.rivalReadyNanos() + 8 * SECOND - 1;
    assertThat(plan.afterRival(POLICY, tooEarly).rivalReadyNanos())
        .isEqualTo(tooEarly + 8 * SECOND);
  }

  @Test
  void aShorterRefreshAfterAReloadCountsFromTheReload() {
    AnnouncePlan plan = AnnouncePlan.onPromotion(POLICY, 0);
    assertThat(plan.under(refreshing(10), 20 * SECOND).refreshNanos()).isEqualTo(30 * SECOND);
  }

  @Test
  void aLongerRefreshAfterAReloadDoesNotPutOffTheOneThatIsPlanned() {
    AnnouncePlan plan = AnnouncePlan.onPromotion(POLICY, 0);
    assertThat(plan.under(refreshing(600), 20 * SECOND).refreshNanos()).isEqualTo(60 * SECOND);
  }

  @Test
  void aRefreshIsPlannedAndDroppedByAReload() {
    AnnouncePlan without = AnnouncePlan.onPromotion(refreshing(0), 0);
    assertThat(without.refreshNanos()).isEqualTo(AnnouncePlan.NEVER);
    assertThat(without.under(refreshing(10), 20 * SECOND).refreshNanos()).isEqualTo(30 * SECOND);
    AnnouncePlan with = AnnouncePlan.onPromotion(POLICY, 0);
    assertThat(with.under(refreshing(0), 20 * SECOND).refreshNanos()).isEqualTo(AnnouncePlan.NEVER);
  }

  @Test
  void aReloadDropsOnlyTheRepetitionThatIsConfiguredAway() {
    AnnouncePlan plan = AnnouncePlan.onPromotion(POLICY, 0).afterRival(POLICY, SECOND);
    assertThat(plan.under(POLICY, 2 * SECOND)).isEqualTo(plan);

    AnnouncePolicy onceOnly = new AnnouncePolicy(5, 0, 60 * SECOND, 2, POLICY.rival());
    AnnouncePlan once = plan.under(onceOnly, 2 * SECOND);
    assertThat(once.secondNanos()).isEqualTo(AnnouncePlan.NEVER);
    assertThat(once.rivalSecondNanos()).isEqualTo(6 * SECOND);

    AnnouncePolicy ignoring =
        new AnnouncePolicy(5, 5 * SECOND, 60 * SECOND, 2, new AnnouncePolicy.Rival(0, 0));
    AnnouncePlan calm = plan.under(ignoring, 2 * SECOND);
    assertThat(List.of(calm.rivalEchoNanos(), calm.rivalSecondNanos()))
        .containsOnly(AnnouncePlan.NEVER);
    assertThat(calm.secondNanos()).isEqualTo(5 * SECOND);
    assertThat(calm.rivalReadyNanos()).isEqualTo(plan.rivalReadyNanos());
    assertThat(calm.rivalPauseNanos()).isEqualTo(plan.rivalPauseNanos());
  }

  /** Pauses of 1, 2 and 4 s are over, the next is 8 s. */
  private static AnnouncePlan afterThreeRivals() {
    AnnouncePlan plan = AnnouncePlan.onPromotion(POLICY, 0);
    for (int i = 0; i < 3; i++) {
      plan = plan.afterRival(POLICY, plan.rivalReadyNanos());
    }
    assertThat(plan.rivalPauseNanos()).isEqualTo(8 * SECOND);
    return plan;
  }

  private static AnnouncePolicy refreshing(int seconds) {
    return new AnnouncePolicy(5, 5 * SECOND, seconds * SECOND, 2, POLICY.rival());
  }
}
