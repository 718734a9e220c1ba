package org.vipd.daemon.config.check;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.ConfigProblem.Severity;
import org.vipd.daemon.config.Place;

/** Collects what rules find. */
final class Findings {

  private final List<ConfigProblem> found = new ArrayList<>();

  void warning(String rule, Place place, String text, String hint) {
    found.add(new ConfigProblem(place, Severity.WARNING, text, hint, rule));
  }

  void note(String rule, Place place, String text, String hint) {
    found.add(new ConfigProblem(place, Severity.NOTE, text, hint, rule));
  }

  List<ConfigProblem> all() {
    return found;
  }
}
