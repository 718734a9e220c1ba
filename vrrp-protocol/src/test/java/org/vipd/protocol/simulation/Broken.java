package org.vipd.protocol.simulation;

import org.vipd.protocol.machine.RouterConfig;

/** The broken machines that need more than a few lines. */
final class Broken {
  private Broken() {}

  static Subject machine(Fault fault, RouterConfig config) {
    return switch (fault) {
      case NEVER_ANNOUNCES -> BrokenAnswers.neverAnnouncing(config);
      case INSTALLS_BEFORE_ADVERTISING -> BrokenAnswers.installingFirst(config);
      case REMOVES_BEFORE_RESIGNING -> BrokenAnswers.removingFirst(config);
      case NEVER_ANSWERS_THE_LOSER -> BrokenAnswers.neverAnswering(config);
      case ANSWERS_IN_LEGACY_MODE -> BrokenAnswers.alwaysAnswering(config);
      case NEVER_REPORTS_A_CONFLICT -> BrokenAnswers.neverReporting(config);
      case SKEW_OF_PRIORITY_ONE -> BrokenTimers.skewingLongest(config);
      case RELOAD_EXTENDS_THE_DEADLINE -> BrokenTimers.extendingOnReload(config);
      case IGNORES_PRIORITY_ZERO -> BrokenTimers.ignoringFarewells(config);
      case LEARNS_NO_INTERVAL -> BrokenTimers.learningNothing(config);
      case ACCEPTS_FORWARDED -> BrokenReceivers.acceptingForwarded(config);
      case ACCEPTS_DAMAGED -> BrokenReceivers.acceptingDamaged(config);
      case ACCEPTS_TOO_LONG -> BrokenReceivers.acceptingTooLong(config);
      case ACCEPTS_ANY_VRID -> BrokenReceivers.acceptingAnyVrid(config);
      case ACCEPTS_ANY_VERSION -> BrokenReceivers.acceptingAnyVersion(config);
      case ACCEPTS_ITS_OWN -> BrokenReceivers.acceptingOwn(config);
      case DEAF_TO_OTHER_ADDRESSES -> BrokenReceivers.deafToOtherAddresses(config);
      default -> throw new IllegalArgumentException(fault + " makes its machine itself");
    };
  }
}
