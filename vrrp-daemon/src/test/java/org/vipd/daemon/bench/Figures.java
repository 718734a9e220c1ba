package org.vipd.daemon.bench;

import java.util.List;
import java.util.Locale;

/** Median and extremes of measured values. */
record Figures(double median, double minimum, double maximum, int count) {

  static Figures of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    if (size == 0) {
      throw new IllegalArgumentException("no values");
    }
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Figures(median, sorted.get(0), sorted.get(size - 1), size);
  }

  /** Median, smallest and largest value as columns of a table. */
  String columns(int digits) {
    String one = "%10." + digits + "f";
    return String.format(Locale.ROOT, one + one + one, median, minimum, maximum);
  }
}
