package org.vipd.daemon.config.track;

import java.util.OptionalInt;
import org.vipd.daemon.config.Place;

/**
 * A file whose number counts.
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param path the file
 * @param weight what the number is multiplied by, -254..254; 0 means that any other number than 0
 *     puts the instance into FAULT
 * @param isReversed whether the weight is turned round
 * @param initial how the file is created at the start
 */
public record FileTracker(
    String name, Place place, String path, int weight, boolean isReversed, Initial initial) {

  /**
   * What is written at the start.
   *
   * @param value number written; empty when the file is left alone
   * @param overwrites whether an existing file is overwritten
   */
  public record Initial(OptionalInt value, boolean overwrites) {

    /** The file is left alone. */
    public static final Initial NONE = new Initial(OptionalInt.empty(), false);
  }
}
