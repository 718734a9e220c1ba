package org.vipd.daemon.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.keepalived.text.SecretFile;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.config.probe.ProbeText;

/**
 * Reads what a check asks without a script, {@code probe tcp 127.0.0.1:6443}: a keyword of vipd in
 * {@code vrrp_script}, described in docs/built-in-checks.md.
 */
final class ProbeWords {

  private static final Set<String> HTTP_OPTIONS =
      Set.of("status", "contains", "ca", "certificate", "server-name", "valid-for");

  private static final Set<String> COMMANDS = Set.of("exec", "command", "script", "cmd", "run");

  private final Values values;

  ProbeWords(Values values) {
    this.values = values;
  }

  /** Reads the statement; what is wrong is reported. */
  Optional<Probe> read(Statement statement) {
    Optional<Word> kind = values.required(statement, "what to ask, for example: tcp HOST:PORT");
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = statement.arguments().stream().map(Word::text).toList();
    try {
      return Optional.of(of(words.get(0), words.subList(1, words.size()), statement.place()));
    } catch (IllegalArgumentException e) {
      values.error(
          kind.get().place(),
          "probe " + String.join(" ", words) + ": " + e.getMessage(),
          COMMANDS.contains(words.get(0))
              ? "a command is no probe: write script \"COMMAND\" in its place"
              : "see docs/built-in-checks.md");
      return Optional.empty();
    }
  }

  private static Probe of(String kind, List<String> words, Place place) {
    return switch (kind) {
      case "tcp" -> ProbeText.tcp(word(words, 0, "HOST:PORT"));
      case "http" -> http(words, place);
      case "kube-apiserver" -> new Probe.KubeApiserver(http(words, place));
      case "etcd" -> new Probe.Etcd(http(words, place));
      case "haproxy" ->
          new Probe.Haproxy(
              word(words, 0, "the stats socket"), word(words, 1, "the back end"), count(words, 2));
      case "process" -> new Probe.Processes(word(words, 0, "a name"), count(words, 1));
      case "file" -> file(words);
      case "interface" -> new Probe.Interface(word(words, 0, "an interface"));
      case "route" -> route(words);
      case "ping" -> ping(words);
      default ->
          throw new IllegalArgumentException(
              "there is no such kind; known: tcp, http, kube-apiserver, etcd, haproxy, process,"
                  + " file, interface, route, ping");
    };
  }

  private static String word(List<String> words, int index, String what) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return words.get(index);
  }

  private static int count(List<String> words, int index) {
    return index < words.size() ? ProbeText.number(words.get(index), 1, 10_000) : 1;
  }

  private static Probe.Http http(List<String> words, Place place) {
    String url = ProbeText.webAddress(word(words, 0, "the web address"));
    boolean verifies = !words.contains("insecure");
    Map<String, String> options = options(words);
    List<Integer> statuses = new ArrayList<>();
    if (options.containsKey("status")) {
      Arrays.stream(options.get("status").split(",", -1))
          .forEach(it -> statuses.add(ProbeText.number(it, 100, 599)));
    }
    Duration left =
        Optional.ofNullable(options.get("valid-for"))
            .map(it -> Duration.ofHours(ProbeText.number(it, 1, 100_000)))
            .orElse(Duration.ZERO);
    Probe.Tls tls =
        new Probe.Tls(
            verifies,
            Optional.ofNullable(options.get("ca")).map(it -> SecretFile.path(it, place)),
            Optional.ofNullable(options.get("certificate")).map(it -> SecretFile.path(it, place)),
            Optional.ofNullable(options.get("server-name")),
            left);
    return new Probe.Http(url, statuses, Optional.ofNullable(options.get("contains")), tls);
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    int index = 1;
    while (index < words.size()) {
      String name = words.get(index);
      if (name.equals("insecure")) {
        index++;
        continue;
      }
      if (!HTTP_OPTIONS.contains(name)) {
        throw new IllegalArgumentException("unknown word '" + name + "'");
      }
      options.put(name, word(words, index + 1, "the value of " + name));
      index += 2;
    }
    return options;
  }

  private static Probe file(List<String> words) {
    Optional<Duration> age =
        words.size() > 1
            ? Optional.of(Duration.ofSeconds(ProbeText.number(words.get(1), 1, 10_000_000)))
            : Optional.empty();
    return new Probe.File(word(words, 0, "a path"), age, words.stream().skip(2).findFirst());
  }

  private static Probe route(List<String> words) {
    String network = ProbeText.network(word(words, 0, "default, or a network"));
    return new Probe.Route(network, words.stream().skip(1).findFirst());
  }

  private static Probe ping(List<String> words) {
    int quorum = ProbeText.number(word(words, 0, "how many have to answer"), 1, 1000);
    return new Probe.Ping(words.subList(1, words.size()), quorum);
  }
}
