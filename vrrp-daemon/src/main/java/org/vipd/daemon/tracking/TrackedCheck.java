package org.vipd.daemon.tracking;

import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.event.CheckOutcome;

/**
 * A check with its history. Owned by the loop thread.
 *
 * <p>This is the mutable holder of {@link RiseFall}.
 */
public final class TrackedCheck {

  private CheckConfig config;
  private RiseFall riseFall;
  private Optional<CheckOutcome> last = Optional.empty();
  private long runs;
  private long failures;
  private long failuresInARow;

  public TrackedCheck(CheckConfig config) {
    this.config = config;
    this.riseFall = RiseFall.start(config.thresholds());
  }

  /** Records a result; true when the verdict changed. */
  public boolean accept(CheckOutcome outcome) {
    runs++;
    last = Optional.of(outcome);
    failuresInARow = outcome.passed() ? 0 : failuresInARow + 1;
    failures += outcome.passed() ? 0 : 1;
    Verdict before = riseFall.verdict();
    riseFall = riseFall.accept(outcome.passed());
    return riseFall.verdict() != before;
  }

  /**
   * Takes over a new definition; verdict and counters stay. One exception: what another command
   * found out must not become a FAULT that it was not before.
   */
  public void redefine(CheckConfig changed) {
    boolean asksOtherwise =
        !changed.command().equals(config.command()) || !changed.probe().equals(config.probe());
    boolean becomesFault = config.weight() != 0 && changed.weight() == 0;
    riseFall =
        asksOtherwise && becomesFault && riseFall.verdict() == Verdict.BAD
            ? RiseFall.start(changed.thresholds())
            : new RiseFall(changed.thresholds(), riseFall.verdict(), 0);
    config = changed;
  }

  public CheckConfig config() {
    return config;
  }

  public Verdict verdict() {
    return riseFall.verdict();
  }

  public Optional<CheckOutcome> last() {
    return last;
  }

  public long runs() {
    return runs;
  }

  public long failures() {
    return failures;
  }

  public long failuresInARow() {
    return failuresInARow;
  }
}
