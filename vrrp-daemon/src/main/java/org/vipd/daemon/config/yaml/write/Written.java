package org.vipd.daemon.config.yaml.write;

import java.util.Map;
import org.vipd.daemon.config.Place;

/**
 * A model as YAML.
 *
 * @param text the text, with an end of line after each line
 * @param lines on which line, from 0, what stood at a place begins; named sections only
 */
public record Written(String text, Map<Place, Integer> lines) {

  public Written {
    lines = Map.copyOf(lines);
  }
}
