package org.vipd.daemon.config.keepalived.text;

import org.vipd.daemon.config.Place;

/**
 * One word of a configuration line.
 *
 * @param text its text without quotes
 * @param place where it starts
 */
public record Word(String text, Place place) {}
