package org.vipd.daemon.config.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.protocol.value.AddressFamily;

/**
 * A route or a rule, as the words of {@code ip route} or {@code ip rule}.
 *
 * @param kind which of both
 * @param words the words as written, without those that are parts of this record
 * @param family family of its first address; IPv4 without one
 * @param table routing table, by number or name; empty for the main one
 * @param device outgoing interface of a route, incoming interface of a rule
 * @param isTracked whether its loss makes the instance give up its role
 * @param trackGroup group of instances that a static entry is tied to
 */
public record KernelEntry(
    Kind kind,
    List<String> words,
    AddressFamily family,
    Optional<String> table,
    Optional<String> device,
    boolean isTracked,
    Optional<String> trackGroup) {

  /** What it is. */
  public enum Kind {
    ROUTE,
    RULE
  }

  public KernelEntry {
    words = List.copyOf(words);
  }

  /** The same, tied to nothing. */
  public KernelEntry withoutTrackGroup() {
    return new KernelEntry(kind, words, family, table, device, isTracked, Optional.empty());
  }

  /** The same with two more words. */
  public KernelEntry with(String word, String value) {
    List<String> more = new ArrayList<>(words);
    more.add(word);
    more.add(value);
    return new KernelEntry(kind, more, family, table, device, isTracked, trackGroup);
  }
}
