package org.vipd.daemon.config.check;

import java.util.Set;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;

/** Rules about scripts. */
final class ScriptRules {

  private static final Set<String> SHELL_WORDS =
      Set.of("|", "||", "&&", ">", ">>", "<", ";", "&", "2>&1", ">/dev/null", "2>/dev/null");

  private final Node node;
  private final HostView host;
  private final Findings findings;

  ScriptRules(Node node, HostView host, Findings findings) {
    this.node = node;
    this.host = host;
    this.findings = findings;
  }

  void apply() {
    for (CheckConfig check : node.config().trackedChecks()) {
      Place place = node.places().find(check.place(), "script");
      if (check.probe().isEmpty()) {
        command(place, "script of " + check.name(), check.command());
      }
      timeout(check);
    }
    for (InstanceConfig instance : node.config().instances()) {
      for (CommandConfig hook : instance.hooks().commands().values()) {
        command(instance.place(), "notify script of " + instance.name(), hook);
      }
    }
  }

  private void timeout(CheckConfig check) {
    if (check.schedule().timeout().compareTo(check.schedule().interval()) > 0) {
      findings.warning(
          "V006",
          node.places().find(check.place(), "timeout"),
          "timeout of "
              + check.name()
              + " is longer than its interval: a check that hangs is noticed late",
          "make the timeout shorter than the interval");
    }
  }

  private void command(Place place, String owner, CommandConfig command) {
    String program = command.words().get(0);
    boolean isForShell = program.startsWith("<") || program.startsWith("$");
    if (!isForShell) {
      host.obstacle(program)
          .ifPresent(
              reason ->
                  findings.warning(
                      "V007", place, owner + " cannot run on this host: " + reason, ""));
    }
    command.words().stream()
        .skip(1)
        .filter(ScriptRules::isShellSyntax)
        .findFirst()
        .ifPresent(
            word ->
                findings.warning(
                    "V008",
                    place,
                    owner + " gets '" + word + "' as an argument: there is no shell to read it",
                    "write: /bin/sh -c '" + command.text() + "'"));
    command
        .account()
        .filter(account -> !host.hasUser(account.user()))
        .ifPresent(
            account ->
                findings.warning(
                    "V007",
                    place,
                    owner + " cannot run on this host: user " + account.user() + " does not exist",
                    "create the user or name another"));
  }

  private static boolean isShellSyntax(String word) {
    return SHELL_WORDS.contains(word) || word.startsWith("$(") || word.startsWith("`");
  }
}
