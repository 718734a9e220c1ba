package org.vipd.daemon.config.keepalived.text;

import org.vipd.daemon.config.Place;

/**
 * One word of a configuration line.
 *
 * @param text its text without quotes
 * @param place where it starts
 * @param isQuoted whether quotes say where it ends
 */
public record Word(String text, Place place, boolean isQuoted) {

  /** A word without quotes. */
  public Word(String text, Place place) {
    this(text, place, false);
  }
}
