package org.vipd.daemon.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.status.DaemonStatus.ConfigurationStatus;
import org.vipd.daemon.status.ReloadReport;

/** Which configuration is in force, and how the last attempt to replace it went. */
final class ConfigurationState {

  private static final int ERRORS_SHOWN = 5;

  private final InstantSource wallClock;
  private final String file;
  private final String absoluteFile;
  private final String programVersion;
  private DaemonConfig current;
  private List<String> problems;
  private ConfigHash hash;
  private Instant since;
  private List<String> messages = List.of();
  private String lastReload = "";
  private Optional<Instant> lastReloadAt = Optional.empty();
  private List<String> errors = List.of();
  private int generation = 1;

  ConfigurationState(Loaded loaded, InstantSource wallClock) {
    this.wallClock = wallClock;
    this.hash = loaded.hash();
    this.since = wallClock.instant();
    this.file = loaded.file();
    this.absoluteFile = loaded.absoluteFile();
    this.programVersion = loaded.programVersion();
    this.current = loaded.config();
    this.problems = loaded.problems();
  }

  /** Looks at what reading gave; the new model when it can be used. */
  Optional<DaemonConfig> accept(LoadResult result) {
    lastReloadAt = Optional.of(wallClock.instant());
    messages = result.problems().stream().map(ConfigProblem::toString).toList();
    if (result.config().isEmpty()) {
      errors =
          result.problems().stream()
              .filter(ConfigProblem::isError)
              .map(ConfigProblem::toString)
              .toList();
      lastReload =
          "reload of "
              + file
              + " refused: "
              + count(errors.size(), "error")
              + "; the old configuration stays";
    }
    return result.config();
  }

  /** What would come of this result. */
  ReloadReport planned(LoadResult result, ReloadPlan plan) {
    boolean usable = result.config().isPresent();
    String message =
        usable
            ? file + " can be used: " + count(plan.lines().size(), "change")
            : file + " cannot be used; a reload would be refused";
    return report(result, plan, message, false);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What came of this result, after it was accepted or refused. */
  ReloadReport reported(LoadResult result, ReloadPlan plan) {
    return report(result, plan, lastReload, result.config().isPresent());
  }

  private ReloadReport report(LoadResult result, ReloadPlan plan, String message, boolean applied) {
    return new ReloadReport(
        result.config().isPresent(),
        applied,
        generation,
        message,
        result.problems().stream().map(ConfigProblem::toString).toList(),
        plan.lines(),
        plan.movesAddresses());
  }

  void replace(DaemonConfig config, ConfigHash itsHash) {
    current = config;
    hash = itsHash;
    since = lastReloadAt.orElse(since);
    problems = messages;
    generation++;
    errors = List.of();
    lastReload = "reload of " + file + " applied as generation " + generation;
  }

  /** A configuration without instances. */
  DaemonConfig nothing() {
    return new DaemonConfig(Optional.empty(), List.of(), List.of());
  }

  DaemonConfig current() {
    return current;
  }

  /** What the last reading complained about. */
  List<String> messages() {
    return messages;
  }

  String lastReload() {
    return lastReload;
  }

  String file() {
    return file;
  }

  String programVersion() {
    return programVersion;
  }

  /**
   * For display.
   *
   * @param others problems that were met while it is in force
   */
  ConfigurationStatus status(List<String> others) {
    List<String> all = Stream.concat(others.stream(), problems.stream()).toList();
    StringBuilder text = new StringBuilder(lastReload);
    errors.stream().limit(ERRORS_SHOWN).forEach(error -> text.append("; ").append(error));
    return new ConfigurationStatus(
        absoluteFile,
        generation,
        hash.text(),
        stamp(since),
        all,
        text.toString(),
        lastReloadAt.map(ConfigurationState::stamp).orElse(""),
        !errors.isEmpty());
  }

  private static String stamp(Instant time) {
    return Stamp.FORMAT.format(time.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
  }

  /** Apart, since making it takes a tenth of the start, and nobody has asked yet. */
  private static final class Stamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  }
}
