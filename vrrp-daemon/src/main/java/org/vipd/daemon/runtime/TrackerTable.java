package org.vipd.daemon.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.LinkState;
import org.vipd.daemon.tracking.NamedRule;

/**
 * What files, processes, BFD sessions and interfaces say now. A tracker that is still there after a
 * reload keeps its reading.
 */
final class TrackerTable {

  private record Key(TrackKind kind, String name) {}

  private final InterfaceTable interfaces;
  private final Map<Key, TrackerReading> readings = new HashMap<>();
  private final Map<Key, Instant> since = new HashMap<>();
  private TrackerConfig config = TrackerConfig.NONE;
  private Map<String, Set<String>> tied = Map.of();

  TrackerTable(InterfaceTable interfaces) {
    this.interfaces = interfaces;
  }

  void redefine(DaemonConfig all) {
    TrackerConfig after = all.trackers();
    config = after;
    tied = all.tiedInterfaces();
    readings.keySet().removeIf(key -> !after.defines(key.kind(), key.name()));
    since.keySet().retainAll(readings.keySet());
  }

  /** The interfaces of static entries that an instance must not run without. */
  Set<String> tied(String instance) {
    return tied.getOrDefault(instance, Set.of());
  }

  /** Records a reading; true when it is another one than before. */
  boolean accept(TrackKind kind, String name, TrackerReading reading, Instant now) {
    Key key = new Key(kind, name);
    boolean isNew = config.defines(kind, name) && !reading.equals(readings.put(key, reading));
    if (isNew) {
      since.put(key, now);
    }
    return isNew;
  }

  /** Since when the reading of a tracker is as it is; empty for interfaces and before the first. */
  Optional<Instant> since(NamedRule rule) {
    return Optional.ofNullable(since.get(new Key(rule.kind(), rule.name())));
  }

  /** The rules of track entries, with the weights of the trackers where they have none. */
  List<NamedRule> rules(List<NamedTrack> tracks) {
    List<NamedRule> rules = new ArrayList<>();
    for (NamedTrack track : tracks) {
      NamedRule own = own(track);
      boolean isOwn = track.weight().isEmpty();
      rules.add(
          new NamedRule(
              track.kind(),
              track.name(),
              track.weight().orElse(own.weight()),
              isOwn ? own.isReversed() ^ track.isReversed() : track.isReversed()));
    }
    return rules;
  }

  private NamedRule own(NamedTrack track) {
    String name = track.name();
    return switch (track.kind()) {
      case INTERFACE -> new NamedRule(TrackKind.INTERFACE, name, 0, false);
      case FILE -> {
        FileTracker file = find(config.files(), it -> it.name().equals(name));
        yield new NamedRule(TrackKind.FILE, name, file.weight(), file.isReversed());
      }
      case PROCESS -> {
        ProcessTracker process = find(config.processes(), it -> it.name().equals(name));
        yield new NamedRule(TrackKind.PROCESS, name, process.weight(), process.isReversed());
      }
      case BFD -> {
        BfdInstance session = find(config.sessions(), it -> it.name().equals(name));
        yield new NamedRule(TrackKind.BFD, name, session.weight(), session.isReversed());
      }
    };
  }

  private static <T> T find(List<T> all, java.util.function.Predicate<T> wanted) {
    return all.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** What a tracker said last; empty before its first reading. */
  Optional<TrackerReading> reading(NamedRule rule) {
    if (rule.kind() != TrackKind.INTERFACE) {
      return Optional.ofNullable(readings.get(new Key(rule.kind(), rule.name())));
    }
    Optional<LinkState> link = interfaces.link(rule.name());
    boolean isUp = link.map(LinkState::isUp).orElse(false);
    String text = link.isEmpty() ? "does not exist" : isUp ? "up" : "down or without carrier";
    return Optional.of(TrackerReading.of(isUp, text));
  }
}
