package org.vipd.daemon.config.migrate;

import java.util.List;
import org.vipd.daemon.config.Place;

/**
 * A line of the old configuration and what became of it.
 *
 * @param place where it stood; line 0 for the file as a whole
 * @param source its text without comment and secrets; empty for the file as a whole
 * @param verdict what became of it
 * @param became the keys it is now, on one line; empty when it needs none
 * @param reasons why, and what to do
 */
public record ImportedLine(
    Place place, String source, Verdict verdict, String became, List<String> reasons) {

  public ImportedLine {
    reasons = List.copyOf(reasons);
  }
}
