package org.vipd.daemon.config.keepalived.text;

import java.util.List;
import org.vipd.daemon.config.Place;

/** What a line falls into once its braces stand alone. */
sealed interface LogicalLine {

  Place place();

  /** Words up to a brace, a comment or the end of the line; at least one. */
  record Words(Place place, List<Word> words) implements LogicalLine {
    String first() {
      return words.get(0).text();
    }
  }

  /** An opening brace. */
  record Open(Place place) implements LogicalLine {}

  /** A closing brace. */
  record Close(Place place) implements LogicalLine {}
}
