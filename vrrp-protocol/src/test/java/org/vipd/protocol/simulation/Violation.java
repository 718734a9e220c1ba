package org.vipd.protocol.simulation;

/** A broken invariant, with what is needed to see it again. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  Violation(Invariant invariant, long seed, long atNanos, String text) {
    super(
        String.format("%s violated: seed %d at %.6f s: %s", invariant, seed, atNanos / 1e9, text));
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }
}
