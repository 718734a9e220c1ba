package org.vipd.daemon.config.yaml.vip;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.CheckTrack;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.HookConfig.Occasion;
import org.vipd.daemon.config.track.NamedTrack;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.yaml.key.Placed;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;

/** Reads what decides about a virtual router or a group, and its scripts. */
public final class TrackReader {

  private final Reports reports;

  /** A reader whose problems go there. */
  public TrackReader(Reports reports) {
    this.reports = reports;
  }

  /** Reads {@code checks}. */
  public List<CheckTrack> checks(List<Placed> entries) {
    List<CheckTrack> tracks = new ArrayList<>();
    for (Placed entry : entries) {
      CheckTrack track = check(entry.value());
      if (tracks.stream().anyMatch(it -> it.checkName().equals(track.checkName()))) {
        reports.error(entry.place(), "check " + track.checkName() + " is listed twice", "");
      } else if (!track.checkName().isEmpty()) {
        tracks.add(track);
      }
    }
    return tracks;
  }

  private static CheckTrack check(Object value) {
    if (value instanceof String name) {
      return new CheckTrack(name, OptionalInt.empty(), false);
    }
    Section section = (Section) value;
    return new CheckTrack(
        section.text("check").orElse(""), section.number("weight"), section.isOn("reverse"));
  }

  /** Reads {@code track}. */
  public List<NamedTrack> tracks(List<Section> entries) {
    List<NamedTrack> tracks = new ArrayList<>();
    for (Section entry : entries) {
      track(entry)
          .ifPresent(
              track -> {
                boolean isKnown =
                    tracks.stream()
                        .anyMatch(
                            it -> it.kind() == track.kind() && it.name().equals(track.name()));
                if (isKnown) {
                  reports.error(entry.place(), track.name() + " is tracked twice", "delete one");
                } else {
                  tracks.add(track);
                }
              });
    }
    return tracks;
  }

  private Optional<NamedTrack> track(Section entry) {
    List<TrackKind> kinds = new ArrayList<>();
    for (TrackKind kind : TrackKind.values()) {
      if (entry.has(key(kind))) {
        kinds.add(kind);
      }
    }
    if (kinds.size() != 1) {
      reports.error(
          entry.place(),
          "an entry of track needs one of interface, file, process and bfd",
          kinds.isEmpty() ? "name what is tracked" : "make an entry of each");
      return Optional.empty();
    }
    TrackKind kind = kinds.get(0);
    OptionalInt weight = entry.number("weight");
    if (weight.isPresent() && Math.abs(weight.getAsInt()) > kind.weightLimit()) {
      reports.error(
          entry.valuePlace("weight"),
          "weight of "
              + key(kind)
              + " must be a whole number from -"
              + kind.weightLimit()
              + " to "
              + kind.weightLimit()
              + ", found '"
              + weight.getAsInt()
              + "'",
          "write " + Integer.signum(weight.getAsInt()) * kind.weightLimit());
    }
    return entry
        .text(key(kind))
        .map(name -> new NamedTrack(kind, name, weight, entry.isOn("reverse")));
  }

  private static String key(TrackKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code notify}. */
  public HookConfig hooks(Optional<Section> notify) {
    Map<Occasion, CommandConfig> commands = new EnumMap<>(Occasion.class);
    for (Occasion occasion : Occasion.values()) {
      notify
          .flatMap(it -> it.command(occasion.key()))
          .ifPresent(command -> commands.put(occasion, command));
    }
    return new HookConfig(commands);
  }
}
