package org.vipd.daemon.config.check;

/**
 * That something changes the priority of an instance.
 *
 * @param name name of the check or tracker
 * @param label the same for the operator, with what it is unless it is a check
 * @param weight never 0
 * @param isReversed whether good and bad are exchanged
 * @param isCounted whether a number in a file is multiplied by the weight
 */
record Influence(String name, String label, int weight, boolean isReversed, boolean isCounted) {

  /** The largest amount it adds to the priority; nothing is known of a number in a file. */
  int best() {
    return Math.max(0, isReversed ? -weight : weight);
  }
}
