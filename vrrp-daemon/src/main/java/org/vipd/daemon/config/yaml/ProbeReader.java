package org.vipd.daemon.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.config.probe.ProbeText;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;

/** Reads what a check asks without a script. */
final class ProbeReader {

  private static final List<String> KINDS =
      List.of(
          "tcp",
          "http",
          "kube-apiserver",
          "etcd",
          "haproxy",
          "process",
          "file",
          "interface",
          "route",
          "ping");

  private final Reports reports;

  ProbeReader(Reports reports) {
    this.reports = reports;
  }

  /** The question of a check; empty when it runs a command, or when it was reported. */
  Optional<Probe> read(Section check) {
    Optional<String> written = KINDS.stream().filter(check::has).findFirst();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String kind = written.get();
    try {
      return check.value(kind).flatMap(it -> of(kind, it));
    } catch (IllegalArgumentException e) {
      reports.error(
          check.valuePlace(kind), kind + ": " + e.getMessage(), "see docs/built-in-checks.md");
      return Optional.empty();
    }
  }

  private static Optional<Probe> of(String kind, Object value) {
    return value instanceof String text
        ? Optional.of(ofText(kind, text))
        : ofSection(kind, (Section) value);
  }

  private static Probe ofText(String kind, String text) {
    return switch (kind) {
      case "tcp" -> ProbeText.tcp(text);
      case "process" -> new Probe.Processes(text, 1);
      case "file" -> new Probe.File(text, Optional.empty(), Optional.empty());
      case "interface" -> new Probe.Interface(text);
      case "route" -> new Probe.Route(ProbeText.network(text), Optional.empty());
      default ->
          overHttp(
              kind,
              new Probe.Http(
                  ProbeText.webAddress(text), List.of(), Optional.empty(), Probe.Tls.USUAL));
    };
  }

  /** A section without what it needs was reported when it was read. */
  private static Optional<Probe> ofSection(String kind, Section it) {
    return switch (kind) {
      case "haproxy" ->
          it.text("socket")
              .flatMap(
                  socket ->
                      it.text("backend")
                          .map(
                              name -> new Probe.Haproxy(socket, name, it.usualNumber("at-least"))));
      case "process" ->
          it.text("name").map(name -> new Probe.Processes(name, it.usualNumber("at-least")));
      case "file" ->
          it.text("path")
              .map(path -> new Probe.File(path, it.time("newer-than"), it.text("contains")));
      case "route" ->
          it.text("network")
              .map(network -> new Probe.Route(ProbeText.network(network), it.text("device")));
      case "ping" -> ping(it);
      default -> it.text("url").map(url -> overHttp(kind, http(it, url)));
    };
  }

  private static Probe overHttp(String kind, Probe.Http http) {
    return switch (kind) {
      case "http" -> http;
      case "kube-apiserver" -> new Probe.KubeApiserver(http);
      case "etcd" -> new Probe.Etcd(http);
      default -> throw new IllegalStateException("no code reads the key " + kind);
    };
  }

  private static Probe.Http http(Section it, String url) {
    Stream<Object> statuses = it.list("status").stream().map(status -> status.value());
    return new Probe.Http(
        ProbeText.webAddress(url),
        statuses.map(status -> Math.toIntExact((Long) status)).toList(),
        it.text("contains"),
        new Probe.Tls(
            it.isOn("verify"),
            path(it, "ca"),
            path(it, "certificate"),
            it.text("server-name"),
            it.usualTime("valid-for")));
  }

  private static Optional<String> path(Section it, String key) {
    return it.text(key).map(name -> SecretFile.path(name, it.valuePlace(key)));
  }

  private static Optional<Probe> ping(Section it) {
    List<String> hosts = it.texts("hosts");
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts is empty");
    }
    int quorum = it.usualNumber("at-least");
    if (quorum > hosts.size()) {
      throw new IllegalArgumentException(
          "at-least is " + quorum + ", but there are only " + hosts.size() + " hosts");
    }
    return Optional.of(new Probe.Ping(hosts, quorum));
  }
}
