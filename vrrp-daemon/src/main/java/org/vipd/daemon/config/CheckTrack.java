package org.vipd.daemon.config;

import java.util.OptionalInt;

/**
 * That an instance depends on a check.
 *
 * @param checkName the check
 * @param weight weight for this instance, -253..253; empty means the check's own
 * @param isReversed whether the weight is turned round, in addition to the check's own setting
 */
public record CheckTrack(String checkName, OptionalInt weight, boolean isReversed) {}
