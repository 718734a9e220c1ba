package org.vipd.daemon.tracking;

import java.util.List;
import org.vipd.protocol.value.Priority;

/**
 * Base priority plus what the checks add, kept within 1..254. The owner's 255 never changes.
 *
 * @param base configured priority, 1..255
 * @param contributions what each weighted check adds; those that add nothing may be left out
 */
public record EffectivePriority(Priority base, List<Contribution> contributions) {

  private static final int LOWEST = 1;
  private static final int HIGHEST = 254;

  public EffectivePriority {
    contributions = List.copyOf(contributions);
  }

  /** The priority to advertise. */
  public Priority value() {
    return base.isOwner() ? base : Priority.of(Math.max(LOWEST, Math.min(HIGHEST, sum())));
  }

  /**
   * The sum in words: {@code 98 = 100 - 2 check_apiserver}, or the base alone when nothing is
   * added; names the limit when it was met.
   */
  public String arithmetic() {
    if (contributions.stream().allMatch(it -> it.amount() == 0)) {
      return base.toString();
    }
    StringBuilder text = new StringBuilder().append(value()).append(" = ").append(base);
    if (base.isOwner()) {
      return text.append(" (owner: checks do not change it)").toString();
    }
    for (Contribution contribution : contributions) {
      if (contribution.amount() != 0) {
        text.append(contribution.amount() < 0 ? " - " : " + ")
            .append(Math.abs(contribution.amount()))
            .append(' ')
            .append(contribution.source());
      }
    }
    int sum = sum();
    if (sum < LOWEST || sum > HIGHEST) {
      text.append(" (").append(sum).append(" is kept within 1..254)");
    }
    return text.toString();
  }

  private int sum() {
    int sum = base.value();
    for (Contribution contribution : contributions) {
      sum += contribution.amount();
    }
    return sum;
  }
}
