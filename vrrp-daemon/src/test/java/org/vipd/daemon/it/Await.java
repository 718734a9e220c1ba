package org.vipd.daemon.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something is so, by asking again and again. */
public final class Await {

  /** Enough for a busy machine; nothing that works takes nearly as long. */
  public static final Duration GENEROUS = Duration.ofSeconds(30);

  private static final long STEP_MILLIS = 20;

  private Await() {}

  /** Waits for a condition, {@link #GENEROUS} at most. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, GENEROUS, condition, () -> "");
  }

  /**
   * Waits for a condition.
   *
   * @param what the condition in words, for the failure
   * @param bound how long at most
   * @param evidence what to show when it does not come true
   */
  public static void until(
      String what, Duration bound, BooleanSupplier condition, Supplier<String> evidence) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "not within " + bound.toSeconds() + " s: " + what + "\n" + evidence.get());
      }
      pause(STEP_MILLIS);
    }
  }

  /** Lets time pass, for scenarios that consist of time passing. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
