package org.vipd.daemon.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.InterfaceDelay;
import org.vipd.daemon.config.track.ProcessTracker;
import org.vipd.daemon.config.track.TrackerConfig;
import org.vipd.daemon.config.track.TrackerConfig.PolledLink;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;

/** Reads what virtual routers can depend on beside checks. */
final class TrackerReader {

  private final Reports reports;

  TrackerReader(Reports reports) {
    this.reports = reports;
  }

  TrackerConfig read(Section top) {
    List<FileTracker> files = new ArrayList<>();
    List<ProcessTracker> processes = new ArrayList<>();
    List<BfdInstance> sessions = new ArrayList<>();
    Map<String, InterfaceDelay> delays = new LinkedHashMap<>();
    List<PolledLink> polled = new ArrayList<>();
    top.sections("files").forEach(it -> file(it, files));
    top.sections("processes").forEach(it -> process(it, processes));
    top.sections("bfd").forEach(it -> session(it, sessions));
    top.sections("interface-delays").forEach(it -> delay(it, delays));
    for (Section it : top.sections("polled-links")) {
      it.text("interface").ifPresent(name -> polled.add(new PolledLink(name, it.text("method"))));
    }
    return new TrackerConfig(files, processes, sessions, List.copyOf(delays.values()), polled);
  }

  private void file(Section it, List<FileTracker> files) {
    OptionalInt initial = it.number("initial");
    it.text("path")
        .filter(path -> reports.isFileName(it.valuePlace("path"), path))
        .ifPresent(
            path ->
                files.add(
                    new FileTracker(
                        it.name(),
                        it.place(),
                        path,
                        it.usualNumber("weight"),
                        it.isOn("reverse"),
                        new FileTracker.Initial(initial, it.isOn("overwrite")))));
  }

  private void process(Section it, List<ProcessTracker> processes) {
    List<String> words = it.words("command");
    int lowest = it.usualNumber("lowest");
    int highest = it.usualNumber("highest");
    boolean isNone = highest == 0;
    if (lowest > highest && !(isNone && !it.has("lowest"))) {
      reports.error(
          it.valuePlace("lowest"),
          it.name() + " asks for at least " + lowest + " and at most " + highest,
          "lowest must not be larger than highest");
    }
    if (words.isEmpty()) {
      return;
    }
    processes.add(
        new ProcessTracker(
            it.name(),
            it.place(),
            new CommandConfig(String.join(" ", words), words),
            new ProcessTracker.Match(
                ProcessTracker.Parameters.valueOf(
                    it.text("match").orElseThrow().toUpperCase(Locale.ROOT)),
                it.isOn("full-command")),
            new ProcessTracker.Quorum(isNone ? 0 : lowest, highest),
            new ProcessTracker.Delays(it.usualTime("fork-delay"), it.usualTime("terminate-delay")),
            it.usualNumber("weight"),
            it.isOn("reverse")));
  }

  private void session(Section it, List<BfdInstance> sessions) {
    Optional<BfdInstance> session =
        it.address("neighbour")
            .map(
                neighbour ->
                    new BfdInstance(
                        it.name(),
                        it.place(),
                        neighbour,
                        it.usualNumber("weight"),
                        it.isOn("reverse"),
                        it.settings("options")));
    session
        .flatMap(one -> sessions.stream().filter(one::collidesWith).findFirst())
        .ifPresent(
            other ->
                reports.error(
                    it.place(),
                    "BFD session "
                        + it.name()
                        + " has the neighbour and the source of "
                        + other.name()
                        + ", and only one session can be between two addresses",
                    "delete one; several vips can track the other, or give each another source-ip"));
    session.ifPresent(sessions::add);
    session
        .flatMap(BfdInstance::complaint)
        .ifPresent(
            complaint ->
                reports.error(
                    it.place(),
                    "BFD session " + it.name() + " cannot work: " + complaint,
                    "neighbour is the address of the other side, source-ip one of this host"));
  }

  private void delay(Section it, Map<String, InterfaceDelay> delays) {
    Optional<String> name = it.text("interface");
    if (name.isEmpty()) {
      return;
    }
    InterfaceDelay delay = new InterfaceDelay(name.get(), it.usualTime("down"), it.usualTime("up"));
    if (delays.put(name.get(), delay) != null) {
      reports.error(
          it.valuePlace("interface"),
          "the delays of " + name.get() + " are given twice",
          "delete one of the entries");
    }
  }
}
