package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.InterfaceDelay;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackKind;
import org.vipd.daemon.config.track.TrackerConfig;

/** The blocks at the top of the file that define what can be tracked, beside scripts. */
final class TrackerKeywords {

  private static final double LONGEST_DELAY = 255;
  private static final Set<String> METHODS = Set.of("MII", "ETHTOOL", "IOCTL");

  private final Values values;
  private final List<FileTracker> files = new ArrayList<>();
  private final List<ProcessTracker> processes = new ArrayList<>();
  private final List<BfdInstance> sessions = new ArrayList<>();
  private final Map<String, InterfaceDelay> delays = new LinkedHashMap<>();
  private final Map<String, Statement> delayed = new HashMap<>();
  private final List<TrackerConfig.PolledLink> polled = new ArrayList<>();

  TrackerKeywords(Values values) {
    this.values = values;
  }

  /** Reads a block; false when it defines nothing that can be tracked. */
  boolean accept(Statement block) {
    switch (block.keyword()) {
      case "track_file", "vrrp_track_file" ->
          new FileTrackerKeywords(values)
              .interpret(block)
              .filter(it -> isNew(TrackKind.FILE, it.name(), block))
              .ifPresent(files::add);
      case "vrrp_track_process" ->
          new ProcessTrackerKeywords(values)
              .interpret(block)
              .filter(it -> isNew(TrackKind.PROCESS, it.name(), block))
              .ifPresent(processes::add);
      case "bfd_instance" ->
          new BfdKeywords(values)
              .interpret(block)
              .filter(it -> isNew(TrackKind.BFD, it.name(), block))
              .filter(this::isAlone)
              .ifPresent(sessions::add);
      case "interface_up_down_delays" -> block.children().forEach(this::delay);
      case "linkbeat_interfaces" -> block.children().forEach(this::polled);
      default -> {
        return false;
      }
    }
    return true;
  }

  TrackerConfig config() {
    return new TrackerConfig(files, processes, sessions, List.copyOf(delays.values()), polled);
  }

  private boolean isNew(TrackKind kind, String name, Statement block) {
    boolean isKnown = config().defines(kind, name);
    if (isKnown) {
      values.warning(
          block.place(),
          block.keyword() + " " + name + " is defined twice; the first one is used",
          "rename or delete one");
    }
    return !isKnown;
  }

  private boolean isAlone(BfdInstance session) {
    Optional<BfdInstance> other = sessions.stream().filter(session::collidesWith).findFirst();
    other.ifPresent(
        it ->
            values.error(
                session.place(),
                "bfd_instance "
                    + session.name()
                    + " has the neighbour and the source of bfd_instance "
                    + it.name()
                    + ", and only one session can be between two addresses",
                "delete one; several instances can track the other, or give each another source_ip"));
    return other.isEmpty();
  }

  private void delay(Statement statement) {
    if (statement.argument(0).isEmpty()) {
      values.warning(
          statement.place(),
          "no delay is given for "
              + statement.keyword()
              + "; the line is ignored, as in keepalived",
          "write: " + statement.keyword() + " SECONDS");
      return;
    }
    String name = statement.keyword();
    Statement before = delayed.put(name, statement);
    if (before != null) {
      values.warning(
          before.place(),
          "the delays of "
              + name
              + " are given again in "
              + statement.place().textFrom(before.place())
              + "; what that says counts, as in keepalived",
          "delete one");
    }
    delays.put(name, new InterfaceDelay(name, delay(statement, 0), delay(statement, 1)));
  }

  private Duration delay(Statement statement, int index) {
    String what = (index == 0 ? "the delay of " : "the second delay of ") + statement.keyword();
    return statement
        .argument(index)
        .flatMap(word -> values.numbers().seconds(what, word, 0, LONGEST_DELAY, "0 s is used"))
        .orElse(Duration.ZERO);
  }

  private void polled(Statement statement) {
    Optional<Word> method = statement.argument(0).filter(it -> METHODS.contains(it.text()));
    if (method.isEmpty() && statement.argument(0).isPresent()) {
      Word word = statement.argument(0).get();
      values.warning(
          word.place(),
          Values.quoted(word) + " is no way to poll a link and is ignored, as in keepalived",
          "write MII, ETHTOOL or IOCTL, or nothing");
    }
    polled.add(new TrackerConfig.PolledLink(statement.keyword(), method.map(Word::text)));
  }
}
