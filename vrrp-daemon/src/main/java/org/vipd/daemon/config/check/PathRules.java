package org.vipd.daemon.config.check;

import java.util.Locale;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.check.host.FileView;
import org.vipd.daemon.config.check.host.FileView.Content;
import org.vipd.daemon.config.global.GlobalConfig;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.config.track.FileTracker;

/** Rules about files that the daemon opens: where their paths begin, and what is there. */
final class PathRules {

  private static final String PASSWORD_FILE = "smtp_password_file";

  private final Node node;
  private final FileView files;
  private final Findings findings;

  PathRules(Node node, Findings findings) {
    this.node = node;
    this.files = node.host().files();
    this.findings = findings;
  }

  void apply() {
    for (FileTracker it : node.config().trackers().files()) {
      relative(node.places().find(it.place(), "file"), "file of " + it.name(), it.path());
    }
    node.config().global().fifo().forEach(this::pipe);
    node.config().trackedChecks().forEach(this::check);
    node.config()
        .global()
        .settings()
        .word(PASSWORD_FILE)
        .ifPresent(path -> needed(passwordPlace(), "password file of mail", path, Content.ANY));
  }

  private Place passwordPlace() {
    Place found = node.places().findIn(Place.ofFile(node.file()), "mail", PASSWORD_FILE);
    return found.line() > 0 ? found : node.places().find(Place.ofFile(node.file()), PASSWORD_FILE);
  }

  private void pipe(GlobalConfig.Fifo pipe) {
    Place place = node.placeOfText(pipe.path());
    if (relative(place, "pipe", pipe.path())) {
      return;
    }
    Optional<String> nobody =
        pipe.owner().map(it -> it.user()).filter(it -> !node.host().hasUser(it));
    Optional<FileView.Fault> fault =
        nobody
            .map(it -> new FileView.Fault("user " + it + " does not exist", "create the user"))
            .or(() -> files.pipe(pipe.path(), pipe.owner()));
    fault.ifPresent(
        it ->
            findings.warning(
                "V043",
                place,
                "nothing can be written to the pipe " + pipe.path() + " on this host: " + it.text(),
                it.hint()));
  }

  private void check(CheckConfig check) {
    Place place = node.places().find(check.place(), "probe");
    String name = check.name();
    Probe probe = check.probe().orElse(null);
    if (probe instanceof Probe.File file) {
      relative(place, "file of " + name, file.path());
    } else if (probe instanceof Probe.Haproxy haproxy) {
      relative(place, "socket of " + name, haproxy.socket());
    } else if (probe instanceof Probe.Http http) {
      tls(place, name, http);
    } else if (probe instanceof Probe.KubeApiserver api) {
      tls(place, name, api.http());
    } else if (probe instanceof Probe.Etcd etcd) {
      tls(place, name, etcd.http());
    }
  }

  private void tls(Place place, String name, Probe.Http http) {
    if (http.url().toLowerCase(Locale.ROOT).startsWith("https:")) {
      Probe.Tls tls = http.tls();
      tls.authority()
          .filter(path -> tls.verifies())
          .ifPresent(path -> needed(place, "ca of " + name, path, Content.CERTIFICATE));
      tls.certificate()
          .ifPresent(
              path -> needed(place, "certificate of " + name, path, Content.CERTIFICATE_AND_KEY));
    }
  }

  private void needed(Place place, String what, String path, Content content) {
    files
        .readable(path, content)
        .ifPresent(
            fault ->
                findings.warning(
                    "V045",
                    place,
                    what + " cannot be used on this host: " + fault.text(),
                    fault.hint()));
  }

  /** Says of a path that is not whole where it begins; false when it is whole. */
  boolean relative(Place place, String owner, String path) {
    if (path.startsWith("/")) {
      return false;
    }
    findings.warning(
        "V044",
        place,
        owner
            + " has the relative path "
            + path
            + ": it is looked for in the folder that vipd is started in, which is / under systemd",
        "write its whole path");
    return true;
  }
}
