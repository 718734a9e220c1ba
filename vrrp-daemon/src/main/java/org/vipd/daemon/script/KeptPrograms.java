package org.vipd.daemon.script;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.port.Journal;

/** All programs that have to run all the time, and those that are on their way out. */
final class KeptPrograms {

  private final Starter starter;
  private final Journal journal;
  private final List<KeptProgram> programs = new ArrayList<>();
  private List<CommandConfig> wanted = List.of();

  KeptPrograms(Starter starter, Journal journal) {
    this.starter = starter;
    this.journal = journal;
  }

  void replace(List<CommandConfig> commands, long nowNanos) {
    for (KeptProgram program : programs) {
      if (!commands.contains(program.command())) {
        program.end(nowNanos);
      }
    }
    for (CommandConfig command : commands) {
      if (!wanted.contains(command)) {
        programs.add(new KeptProgram(starter, journal, command, nowNanos));
      }
    }
    wanted = List.copyOf(commands);
  }

  void advance(long nowNanos) {
    programs.forEach(program -> program.advance(nowNanos));
    programs.removeIf(KeptProgram::hasEnded);
  }

  long deadlineNanos() {
    return programs.stream().mapToLong(KeptProgram::deadlineNanos).min().orElse(Long.MAX_VALUE);
  }

  /** Starts none again, and asks those that run at a time to end. */
  void end(long atNanos) {
    replace(List.of(), atNanos);
  }

  boolean isEmpty() {
    return programs.isEmpty();
  }

  void kill() {
    programs.forEach(KeptProgram::kill);
    programs.clear();
  }
}
