package org.vipd.daemon.config.yaml.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipd.daemon.config.CheckConfig;
import org.vipd.daemon.config.probe.Probe;

/** Writes health checks: scripts, and questions that need none. */
final class CheckWriter {

  private final YamlWriter.Style style;
  private final Parts parts;

  CheckWriter(YamlWriter.Style style, Parts parts) {
    this.style = style;
    this.parts = parts;
  }

  Map<String, Object> checks(List<CheckConfig> checks) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (CheckConfig check : checks) {
      Keys keys = style.keys("check", check.place());
      check
          .probe()
          .ifPresentOrElse(
              probe -> probe(keys, probe),
              () -> keys.put("command", parts.command(check.command())));
      keys.put("interval", check.schedule().interval());
      keys.putUnless("timeout", check.schedule().timeout(), check.schedule().interval());
      keys.put("rise", check.thresholds().rise());
      keys.put("fall", check.thresholds().fall());
      keys.put("weight", check.weight());
      keys.put("reverse", check.isReversed());
      all.put(check.name(), keys);
    }
    return all;
  }

  private void probe(Keys keys, Probe probe) {
    if (probe instanceof Probe.Tcp it) {
      String host = it.host().indexOf(':') < 0 ? it.host() : "[" + it.host() + "]";
      keys.put("tcp", host + ":" + it.port());
    } else if (probe instanceof Probe.Http it) {
      keys.put("http", http(it));
    } else if (probe instanceof Probe.KubeApiserver it) {
      keys.put("kube-apiserver", http(it.http()));
    } else if (probe instanceof Probe.Etcd it) {
      keys.put("etcd", http(it.http()));
    } else if (probe instanceof Probe.Interface it) {
      keys.put("interface", it.name());
    } else {
      local(keys, probe);
    }
  }

  private void local(Keys keys, Probe probe) {
    if (probe instanceof Probe.Haproxy it) {
      keys.put(
          "haproxy",
          style
              .keys("check-haproxy")
              .put("socket", it.socket())
              .put("backend", it.backend())
              .put("at-least", it.servers()));
    } else if (probe instanceof Probe.Processes it) {
      Keys own = style.keys("check-process").put("name", it.name()).put("at-least", it.minimum());
      keys.put("process", own.isSimple("name") ? it.name() : own);
    } else if (probe instanceof Probe.File it) {
      Keys own = style.keys("check-file").put("path", it.path());
      own.putIf("newer-than", it.maximumAge()).putIf("contains", it.contains());
      keys.put("file", own.isSimple("path") ? it.path() : own);
    } else if (probe instanceof Probe.Route it) {
      Keys own = style.keys("check-route").put("network", it.network());
      own.putIf("device", it.device());
      keys.put("route", own.isSimple("network") ? it.network() : own);
    } else if (probe instanceof Probe.Ping it) {
      keys.put(
          "ping", style.keys("check-ping").put("hosts", it.hosts()).put("at-least", it.quorum()));
    } else {
      throw new IllegalStateException("no code writes " + probe);
    }
  }

  private Object http(Probe.Http it) {
    Keys keys = style.keys("check-http").put("url", it.url());
    keys.put("status", it.statuses()).putIf("contains", it.contains());
    Optional<String> authority = it.tls().authority();
    keys.put("verify", it.tls().verifies()).putIf("ca", authority);
    keys.putIf("certificate", it.tls().certificate()).putIf("server-name", it.tls().serverName());
    keys.put("valid-for", it.tls().minimumLeft());
    return keys.isSimple("url") ? it.url() : keys;
  }
}
