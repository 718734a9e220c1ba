package org.vipd.daemon.config.track;

/** What can be tracked beside scripts. */
public enum TrackKind {
  INTERFACE("track_interface", 253),
  FILE("track_file", 254),
  PROCESS("track_process", 254),
  BFD("track_bfd", 253);

  private final String keyword;
  private final int weightLimit;

  TrackKind(String keyword, int weightLimit) {
    this.keyword = keyword;
    this.weightLimit = weightLimit;
  }

  /** The block that lists trackers of this kind. */
  public String keyword() {
    return keyword;
  }

  /** Largest weight, either sign. */
  public int weightLimit() {
    return weightLimit;
  }
}
