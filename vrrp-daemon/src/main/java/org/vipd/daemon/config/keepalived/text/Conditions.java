package org.vipd.daemon.config.keepalived.text;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.Similar;

/**
 * Notices when a file has lines for hosts by name, {@code @ID ...}, and none of them is for this
 * one: then the name is misspelt, or the file is that of other hosts.
 */
final class Conditions {

  private static final int SHOWN = 5;

  private final String own;
  private final Set<String> others = new LinkedHashSet<>();
  private Optional<Place> first = Optional.empty();
  private boolean hasOwn;

  /**
   * Compares with a name.
   *
   * @param own the config-id; empty when the host has no name
   */
  Conditions(String own) {
    this.own = own;
  }

  /**
   * A condition was read.
   *
   * @param isOwn whether its name is that of this host
   * @param isPositive whether its line is for that name, and not for all others
   */
  void seen(String id, boolean isOwn, boolean isPositive, Place place) {
    hasOwn |= isOwn;
    if (!isOwn && isPositive && !id.isEmpty()) {
      first = first.or(() -> Optional.of(place));
      others.add(id);
    }
  }

  /** Says it once for all lines. */
  void report(Problems problems) {
    // one name alone is mostly that of the host that is different
    boolean isList = others.size() > 1 || Similar.to(own, others).isPresent();
    if (hasOwn || first.isEmpty() || !isList) {
      return;
    }
    String names = String.join(", ", others.stream().limit(SHOWN).map(it -> "@" + it).toList());
    problems.note(
        first.get(),
        "no @ID line is for this host, which is called '"
            + own
            + "': the lines for "
            + names
            + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "")
            + " are left out",
        "vipd check -i ID reads the file as another host");
  }
}
