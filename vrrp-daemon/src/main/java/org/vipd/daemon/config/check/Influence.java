package org.vipd.daemon.config.check;

/**
 * That something changes the priority of an instance.
 *
 * @param list keyword of the list that names it, such as {@code track_script}
 * @param name name of the check or tracker
 * @param effect what it does
 */
record Influence(String list, String name, Effect effect) {

  /**
   * What it does.
   *
   * @param label its name for the operator, with what it is unless it is a check
   * @param weight never 0
   * @param isReversed whether good and bad are exchanged
   * @param isCounted whether a number in a file is multiplied by the weight
   */
  record Effect(String label, int weight, boolean isReversed, boolean isCounted) {}

  String label() {
    return effect.label;
  }

  int weight() {
    return effect.weight;
  }

  /** Whether a number in a file is multiplied by the weight. */
  boolean isCounted() {
    return effect.isCounted;
  }

  /** The largest amount it adds to the priority; nothing is known of a number in a file. */
  int best() {
    return Math.max(0, effect.isReversed ? -weight() : weight());
  }
}
