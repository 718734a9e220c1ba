package org.vipd.daemon.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.event.CheckOutcome;
import org.vipd.daemon.port.HookJob;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.status.DeliveryStatus;

/**
 * The notify scripts of one instance or group, one after the other. What has not begun when a newer
 * job comes is left out, so a slow script delays the news but never falls behind; of a final job
 * nothing is, and nothing comes after it. A script that cannot be started is tried again, unless
 * there is newer news; one that ran and failed is not, because what it did half may not bear
 * repeating. A job may have to wait until those of other lanes have begun, but not for long.
 */
final class HookLane {

  private static final long TIMEOUT_NANOS = 60_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final int TRIES = 6;

  /** A slow script or a file system that does not answer holds up another lane for this long. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /** There is a second for all scripts of the stop. */
  private static final long FINAL_PATIENCE_NANOS = 300_000_000L;

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * A job and its place in the order in which all were handed in.
   *
   * @param number grows from job to job
   */
  record Turn(HookJob job, long number) {}

  private final String name;
  private final Starter starter;
  private final Journal journal;
  private final Function<Turn, List<String>> predecessors;
  private final Deque<CommandConfig> commands = new ArrayDeque<>();
  private Optional<Turn> waiting = Optional.empty();
  private boolean isClosed;
  private long number;
  private long heldUntilNanos = Long.MAX_VALUE;
  private Optional<Run> running = Optional.empty();
  private String occasion = "";
  private Optional<CommandConfig> current = Optional.empty();
  private String command = "";
  private boolean reported;
  private final Deque<CommandConfig> again = new ArrayDeque<>();
  private long againNanos;
  private int tries;
  private long passed;
  private long failed;
  private long replaced;
  private volatile Optional<DeliveryStatus> status = Optional.empty();

  /**
   * A lane.
   *
   * @param predecessors what has to begin before a job: occasions, in an operator's words
   */
  HookLane(
      String name, Starter starter, Journal journal, Function<Turn, List<String>> predecessors) {
    this.name = name;
    this.starter = starter;
    this.journal = journal;
    this.predecessors = predecessors;
  }

  void submit(Turn turn) {
    if (isClosed) {
      return;
    }
    isClosed = turn.job().isFinal();
    String newer = turn.job().occasion() + " is newer";
    waiting.ifPresent(
        old ->
            leaveOut(
                "notify scripts of "
                    + old.job().occasion()
                    + " are left out: "
                    + (isRunning() ? occasion + " is still running and " : "")
                    + newer));
    if (!commands.isEmpty()) {
      leaveOut("further notify scripts of " + occasion + " are left out: " + newer + listed());
      commands.clear();
    }
    waiting = Optional.of(turn);
    again.clear();
  }

  private boolean isRunning() {
    return running.isPresent();
  }

  private void leaveOut(String message) {
    replaced++;
    journal.warn(message);
  }

  private String listed() {
    return commands.stream().map(CommandConfig::text).collect(Collectors.joining(", ", ": ", ""));
  }

  /** What was handed in before that job and has not begun, if anything. */
  Optional<String> unbegunBefore(long otherNumber) {
    boolean isUnbegun = !commands.isEmpty() || running.filter(Run::isStarting).isPresent();
    if (isUnbegun && number < otherNumber) {
      return Optional.of(occasion);
    }
    return waiting.filter(it -> it.number() < otherNumber).map(it -> it.job().occasion());
  }

  /** What became of the last script; empty before the first. */
  Optional<DeliveryStatus> status() {
    return status;
  }

  /** Ends what runs, so that a final job that waits gets its turn. */
  void hurry() {
    boolean finalWaits = waiting.isPresent() && waiting.get().job().isFinal();
    if (finalWaits && running.isPresent()) {
      journal.warn(
          "notify script for " + occasion + " is ended because the daemon stops: " + command);
      running.get().kill();
      running = Optional.empty();
    }
  }

  boolean isIdle() {
    return running.isEmpty() && commands.isEmpty() && waiting.isEmpty();
  }

  /** Whether nothing is to be done any more, unless there is news. */
  boolean isOver() {
    return isIdle() && again.isEmpty();
  }

  long deadlineNanos() {
    long retryNanos = again.isEmpty() ? Long.MAX_VALUE : againNanos;
    return running.map(Run::deadlineNanos).orElse(Math.min(retryNanos, heldUntilNanos));
  }

  /** Does what is due: follows the running script, starts the next. */
  void advance(long nowNanos) {
    advanceRun(nowNanos);
    if (isIdle() && !again.isEmpty() && nowNanos >= againNanos) {
      commands.addAll(again);
      again.clear();
    }
    while (running.isEmpty() && (!commands.isEmpty() || takeWaiting(nowNanos))) {
      startNext(nowNanos);
    }
  }

  /** Makes the job that waits the present one, unless others come first; whether it is. */
  private boolean takeWaiting(long nowNanos) {
    if (waiting.isEmpty() || isHeldBack(waiting.get(), nowNanos)) {
      return false;
    }
    HookJob job = waiting.get().job();
    number = waiting.get().number();
    occasion = job.occasion();
    tries = 0;
    commands.addAll(job.commands());
    waiting = Optional.empty();
    heldUntilNanos = Long.MAX_VALUE;
    return true;
  }

  private boolean isHeldBack(Turn turn, long nowNanos) {
    List<String> before = predecessors.apply(turn);
    if (before.isEmpty()) {
      return false;
    }
    long patience = turn.job().isFinal() ? FINAL_PATIENCE_NANOS : PATIENCE_NANOS;
    heldUntilNanos = Math.min(heldUntilNanos, nowNanos + patience);
    if (nowNanos < heldUntilNanos) {
      return true;
    }
    journal.warn(
        "notify scripts for "
            + turn.job().occasion()
            + " do not wait any longer for those of "
            + String.join(", ", before)
            + ", which have not begun for "
            + patience / NANOS_PER_SECOND
            + " s: a script before them still runs, or their file system does not answer");
    return false;
  }

  /** Whether a job waits for those of other lanes. */
  boolean isHeld() {
    return heldUntilNanos != Long.MAX_VALUE;
  }

  private void startNext(long nowNanos) {
    CommandConfig next = commands.remove();
    current = Optional.of(next);
    command = next.text();
    reported = false;
    Starter.Started started = starter.start(next, nowNanos, TIMEOUT_NANOS);
    if (started instanceof Starter.Started.Running now) {
      running = Optional.of(now.run());
    } else {
      accept(((Starter.Started.Failed) started).outcome(), nowNanos);
    }
  }

  private void tryAgain(CommandConfig failedCommand, long nowNanos) {
    if (again.isEmpty()) {
      tries++;
      againNanos = nowNanos + (FIRST_PAUSE_NANOS << (tries - 1));
    }
    if (tries < TRIES) {
      again.add(failedCommand);
    }
  }

  private void advanceRun(long nowNanos) {
    if (running.isEmpty()) {
      return;
    }
    Run run = running.get();
    if (run.advance(nowNanos)) {
      running = Optional.empty();
    }
    if (!reported && run.outcome().isPresent()) {
      reported = true;
      accept(run.outcome().get(), nowNanos);
    }
  }

  private void accept(CheckOutcome outcome, long nowNanos) {
    report(outcome);
    if (outcome.kind() == CheckOutcome.Kind.UNRUNNABLE && waiting.isEmpty()) {
      current.ifPresent(it -> tryAgain(it, nowNanos));
    }
  }

  private void report(CheckOutcome outcome) {
    passed += outcome.passed() ? 1 : 0;
    failed += outcome.passed() ? 0 : 1;
    status =
        Optional.of(
            new DeliveryStatus(
                "script " + command,
                name,
                occasion,
                outcome.text(),
                Math.round(outcome.took().toNanos() / NANOS_PER_SECOND * 1000) / 1000.0,
                passed,
                failed,
                replaced,
                waiting.isPresent()));
    if (outcome.passed()) {
      journal.debug("notify script for " + occasion + " done: " + command);
      return;
    }
    boolean printed = outcome.kind() != CheckOutcome.Kind.UNRUNNABLE && !outcome.output().isBlank();
    journal.warn(
        "notify script for "
            + occasion
            + " failed: "
            + outcome.text()
            + ", command: "
            + command
            + (printed ? ", printed: " + outcome.output().strip() : ""));
  }

  void kill() {
    if (!isIdle()) {
      journal.warn(
          "notify scripts for "
              + waiting.map(it -> it.job().occasion()).orElse(occasion)
              + " did not end in time and are killed or left out: "
              + waiting.map(it -> it.job().commands().get(0).text()).orElse(command));
    }
    running.ifPresent(Run::kill);
    running = Optional.empty();
    commands.clear();
    waiting = Optional.empty();
  }
}
