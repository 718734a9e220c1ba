package org.vipd.daemon.tracking;

/**
 * What one check adds to the priority now.
 *
 * @param source name of the check
 * @param amount -253..253
 */
public record Contribution(String source, int amount) {}
