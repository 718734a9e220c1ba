package org.vipd.daemon.config.check;

import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.HookConfig;
import org.vipd.daemon.config.InstanceConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.check.host.FileView;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.global.GlobalConfig;

/** Rules about scripts. */
final class ScriptRules {

  private final Node node;
  private final HostView host;
  private final Findings findings;
  private final PathRules paths;

  ScriptRules(Node node, Findings findings) {
    this.node = node;
    this.paths = new PathRules(node, findings);
    this.host = node.host();
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
      hooks(instance.place(), instance.name(), instance.hooks());
    }
    for (SyncGroup group : node.config().groups()) {
      hooks(group.place(), group.name(), group.hooks());
    }
    GlobalConfig.Scripts scripts = node.config().global().scripts();
    scripts.startup().ifPresent(it -> global("startup_script", it));
    scripts.shutdown().ifPresent(it -> global("shutdown_script", it));
    for (GlobalConfig.Fifo pipe : node.config().global().fifo()) {
      pipe.reader().ifPresent(it -> command(reader(pipe, it), "reader of " + pipe.path(), it));
    }
  }

  private Place reader(GlobalConfig.Fifo pipe, CommandConfig reader) {
    Place own = node.placeOfText(reader.text());
    return own.line() > 0 ? own : node.placeOfText(pipe.path());
  }

  private void hooks(Place place, String owner, HookConfig hooks) {
    hooks
        .commands()
        .forEach(
            (occasion, it) ->
                command(
                    node.places().findIn(place, "notify", occasion.keyword()),
                    "notify script of " + owner,
                    it));
  }

  private void global(String keyword, CommandConfig command) {
    Place place = node.places().findIn(Place.ofFile(node.file()), "scripts", keyword);
    command(place, node.name(keyword), command);
  }

  /** The default is the interval; who writes that may not know what it means. */
  private void timeout(CheckConfig check) {
    Place place = node.places().find(check.place(), "timeout");
    int difference = check.schedule().timeout().compareTo(check.schedule().interval());
    if (difference > 0) {
      findings.warning(
          "V006",
          place,
          "timeout of "
              + check.name()
              + " is longer than its interval: a check that hangs is noticed late",
          "make the timeout shorter than the interval");
    } else if (difference == 0 && !place.equals(check.place())) {
      findings.note(
          "V006",
          place,
          "timeout of "
              + check.name()
              + " is its interval: a check that hangs is ended when the next run is due",
          "make the timeout shorter than the interval");
    }
  }

  private void command(Place place, String owner, CommandConfig command) {
    Optional<Account> account = command.account().filter(it -> !it.user().isEmpty());
    if (account.isPresent() && !host.hasUser(account.get().user())) {
      findings.warning(
          "V007",
          place,
          owner + " cannot run on this host: user " + account.get().user() + " does not exist",
          "create the user or name another");
      return;
    }
    String program = command.words().get(0);
    boolean isPath = program.startsWith("/");
    if (command.isForShell() && !isPath && host.program(program).isEmpty()) {
      forShell(place, owner, command);
      return;
    }
    boolean isRelative = program.indexOf('/') > 0 && paths.relative(place, owner, program);
    if (!isRelative) {
      host.obstacle(program, account)
          .or(() -> command.isGuardedAsRoot() ? host.objection(program) : Optional.empty())
          .ifPresentOrElse(
              reason -> cannotRun(place, owner, reason, program),
              () -> interpreted(place, owner, command));
    }
    ShellSyntax.in(command)
        .ifPresent(
            word ->
                findings.warning(
                    "V008",
                    place,
                    owner + " gets '" + word + "' as an argument: there is no shell to read it",
                    remedy(command)));
  }

  private void cannotRun(Place place, String owner, String reason, String path) {
    findings.warning(
        "V007",
        place,
        owner + " cannot run on this host: " + reason,
        path.startsWith("/") ? host.files().programHint(path) : "");
  }

  /** What the program of a command is to read. */
  private void interpreted(Place place, String owner, CommandConfig command) {
    Optional<InterpretedScript> script = InterpretedScript.of(command);
    if (script.isEmpty() || paths.relative(place, owner, script.get().path())) {
      return;
    }
    String path = script.get().path();
    Optional<FileView.Fault> fault = host.files().readable(path, FileView.Content.ANY);
    if (fault.isPresent()) {
      String reason = fault.get().text() + ", which " + script.get().interpreter() + " is to read";
      cannotRun(place, owner, reason, path);
    } else if (command.isGuardedAsRoot()) {
      host.files()
          .weakness(path)
          .ifPresent(
              weakness ->
                  findings.warning(
                      "V047",
                      place,
                      owner
                          + " has "
                          + script.get().interpreter()
                          + " read a script as root that enable_script_security does not look at: "
                          + weakness,
                      "name the script itself, so that it is looked at before each run"));
    }
  }

  private String remedy(CommandConfig command) {
    return ShellSyntax.remedy(command, node.places().isOfKeepalived());
  }

  /** keepalived looks for a program of that name, except for what begins with a file to read. */
  private void forShell(Place place, String owner, CommandConfig command) {
    String first = command.words().get(0);
    if (node.places().isOfKeepalived() && !first.equals("[") && !first.startsWith("<")) {
      findings.warning(
          "V035",
          place,
          owner
              + " begins with '"
              + first
              + "': a shell reads it here, where keepalived finds no such program and goes on without",
          remedy(command));
    }
  }
}
