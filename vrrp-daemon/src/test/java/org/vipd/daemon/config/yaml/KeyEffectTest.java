package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.ProblemKind;
import org.vipd.daemon.config.keepalived.Keyword;
import org.vipd.daemon.config.yaml.key.Key;
import org.vipd.daemon.config.yaml.key.KeyTable;
import org.vipd.daemon.config.yaml.key.OptionNames;

/** Every key of the table can be written, and changes the model. */
class KeyEffectTest {

  private static final String VIP = "vrid: 7, version: 2, addresses: [10.0.0.9]";

  /** What belongs to every file: names that keys refer to. */
  private static final String DEFINED =
      """

      checks: {other: {command: /bin/true}}
      files: {f: {path: /f}}
      processes: {p: {command: p}}
      bfd: {s: {neighbour: 10.0.0.2}}
      """;

  /** A file with one section of each kind; %s is where its keys go. */
  private static final Map<String, String> FILES = files();

  /**
   * Values of keys whose shape does not tell enough; a second line is what else the section needs.
   */
  private static final Map<String, String> SAMPLES = samples();

  private static Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    String vip = "vips: {a: {" + VIP + ", %s}}" + DEFINED;
    files.put("top", "vips: {a: {" + VIP + "}}\n%s\n");
    files.put("node", "nodes: [{%s}, 10.0.0.2]\nvips: {a: {" + VIP + "}}");
    files.put("vip", "vips: {a: {%s}}" + DEFINED);
    files.put("address", vip.formatted("options: {}").replace("[10.0.0.9]", "[{%s}]"));
    files.put("hop-limit", vip.formatted("hop-limit: {%s}"));
    files.put("authentication", vip.formatted("authentication: {%s}"));
    files.put(
        "hmac-key", vip.formatted("authentication: {type: hmac, active-key: 1, keys: [{%s}]}"));
    files.put("announce", vip.formatted("announce: {%s}"));
    files.put("check-use", vip.formatted("checks: [{%s}]"));
    files.put("track", vip.formatted("track: [{%s}]"));
    files.put("notify", vip.formatted("notify: {%s}"));
    files.put("virtual-interface", vip.formatted("virtual-interface: {%s}"));
    files.put(
        "kernel-entry",
        "vips: {a: {" + VIP + "}}\ntrack-groups: {t: {members: [a]}}\nstatic: {routes: [{%s}]}");
    files.put("check", "vips: {a: {" + VIP + "}}\nchecks: {c: {%s}}");
    for (String kind : List.of("http", "haproxy", "process", "file", "route", "ping")) {
      files.put("check-" + kind, "vips: {a: {" + VIP + "}}\nchecks: {c: {" + kind + ": {%s}}}");
    }
    files.put("group", "vips: {a: {" + VIP + "}}" + DEFINED + "groups: {g: {%s}}");
    files.put("file", "vips: {a: {" + VIP + "}}\nfiles: {c: {%s}}");
    files.put("process", "vips: {a: {" + VIP + "}}\nprocesses: {c: {%s}}");
    files.put("bfd", "vips: {a: {" + VIP + "}}\nbfd: {c: {%s}}");
    files.put("track-group", "vips: {a: {" + VIP + "}}\ntrack-groups: {c: {%s}}");
    for (String list : List.of("interface-delay", "polled-link", "announce-group", "fifo")) {
      files.put(list, "vips: {a: {" + VIP + "}}\n" + list + "s: [{%s}]");
    }
    for (String section : List.of("static", "mail", "scripts", "firewall", "startup")) {
      files.put(section, "vips: {a: {" + VIP + "}}\n" + section + ": {%s}");
    }
    files.put("command", "vips: {a: {" + VIP + "}}\nscripts: {startup: {%s}}");
    return files;
  }

  private static Map<String, String> samples() {
    Map<String, String> samples = new HashMap<>();
    samples.put("top nodes", "[10.0.0.1, 10.0.0.2]");
    samples.put("top vips", "{a: {" + VIP + "}, b: {vrid: 8, addresses: [10.0.0.8]}}");
    samples.put("top checks", "{c: {command: /bin/true}}");
    samples.put("top groups", "{g: {members: [a]}}");
    samples.put("top files", "{f: {path: /f}}");
    samples.put("top processes", "{p: {command: p}}");
    samples.put("top bfd", "{s: {neighbour: 10.0.0.2}}");
    samples.put("top interface-delays", "[{interface: eth0, down: 1s}]");
    samples.put("top polled-links", "[{interface: eth0}]");
    samples.put("top static", "{addresses: [10.0.0.8]}");
    samples.put("top track-groups", "{t: {members: [a]}}");
    samples.put("top announce-groups", "[{arp-interval: 1s}]");
    samples.put("top mail", "{alerts: true}");
    samples.put("top scripts", "{secure: true}");
    samples.put("top fifos", "[{path: /f}]");
    samples.put("top firewall", "{table: t}");
    samples.put("top startup", "{delay: 1s}");
    samples.put("top options", "{vrrp-owner-ignore-adverts: true}");
    samples.put("node addresses", "[10.0.0.1]");
    samples.put("vip accept", "false");
    samples.put("scripts group", "text\nuser: root");
    samples.put("scripts supplementary-groups", "true\nuser: root");
    samples.put("command supplementary-groups", "true\ncommand: /bin/true, user: root");
    samples.put("fifo group", "text\npath: /f, user: root");
    samples.put("command group", "text\ncommand: /bin/true, user: root");
    samples.put("vip addresses", "[10.0.0.8]\nvrid: 7, version: 2");
    samples.put(
        "vip family", "ipv6\nvrid: 7, addresses: [], options: {no-virtual-ipaddress: true}");
    samples.put("vip vrid", "8\naddresses: [10.0.0.9], version: 2");
    samples.put("vip version", "2\nvrid: 7, addresses: [10.0.0.9]");
    samples.put("vip interval", "2s");
    samples.put("vip source", "10.0.0.3");
    samples.put("vip peers", "[10.0.0.3]");
    samples.put("vip group", "224.0.0.20");
    samples.put("vip hop-limit", "{send: 3}");
    samples.put("vip authentication", "{type: password, secret: abc}");
    samples.put("vip announce", "{repeat: 2}");
    samples.put("vip checks", "[other]");
    samples.put("vip track", "[{interface: eth5}]");
    samples.put("vip notify", "{master: /bin/true}");
    samples.put("vip virtual-interface", "{kind: macvlan}");
    samples.put("vip routes", "[{words: 10.1.0.0/16 via 10.0.0.3}]");
    samples.put("vip rules", "[{words: from 10.1.0.0/16 priority 9, table: 5}]");
    samples.put("vip options", "{track-src-ip: true}");
    samples.put("address address", "10.0.0.8");
    samples.put("address peer", "10.0.0.8");
    samples.put("kernel-entry words", "10.2.0.0/16 via 10.0.0.3");
    samples.put("kernel-entry track-group", "t");
    samples.put("address broadcast", "10.0.0.255");
    samples.put("address flags", "[home]");
    samples.put("address advertise", "false");
    samples.put("hop-limit highest", "254");
    samples.put("hop-limit lowest", "254");
    samples.put("authentication type", "header\nsecret: abc");
    samples.put("authentication secret", "xyz\ntype: password");
    String keys = "type: hmac, active-key: 1, keys: [{id: 1, secret: '" + "k".repeat(32) + "'}]";
    samples.put(
        "authentication keys",
        "[{id: 1, secret: '" + "x".repeat(40) + "'}]\ntype: hmac, active-key: 1");
    samples.put(
        "authentication active-key",
        "2\ntype: hmac, keys: [{id: 2, secret: '" + "x".repeat(40) + "'}]");
    samples.put("authentication replay", "monotonic\n" + keys);
    samples.put("authentication window", "9s\n" + keys);
    samples.put("authentication mode", "permissive\n" + keys);
    samples.put("hmac-key id", "1\nsecret: '" + "k".repeat(32) + "'");
    samples.put("hmac-key secret", "'" + "z".repeat(33) + "'\nid: 1");
    samples.put("check-use check", "other");
    samples.put("track file", "f");
    samples.put("track process", "p");
    samples.put("track bfd", "s");
    samples.put("virtual-interface kind", "ipvlan");
    samples.put("virtual-interface mode", "vepa\nkind: ipvlan");
    samples.put("virtual-interface address", "10.0.0.7\nkind: ipvlan");
    samples.put("top webhooks", "[\"https://example.org/hook\"]");
    samples.put("check command", "/bin/false\nrise: 1");
    samples.put("check tcp", "\"127.0.0.1:6443\"\nrise: 1");
    for (String kind : List.of("http", "kube-apiserver", "etcd")) {
      samples.put("check " + kind, "\"http://127.0.0.1/\"\nrise: 1");
    }
    samples.put("check haproxy", "{socket: /s, backend: b}\nrise: 1");
    samples.put("check process", "haproxy\nrise: 1");
    samples.put("check file", "/f\nrise: 1");
    samples.put("check interface", "eth0\nrise: 1");
    samples.put("check route", "default\nrise: 1");
    samples.put("check ping", "{hosts: [a]}\nrise: 1");
    samples.put("check-http url", "\"https://10.0.0.1/x\"\nverify: true");
    samples.put("check-http status", "[204]");
    samples.put("check-haproxy socket", "/s\nbackend: c");
    samples.put("check-haproxy backend", "c\nsocket: /s");
    samples.put("check-route network", "10.0.0.0/8\ndevice: eth0");
    samples.put("check-ping at-least", "2\nhosts: [a, b]");
    samples.put("check-ping hosts", "[c]\nat-least: 1");
    samples.put("group members", "[a]");
    samples.put("group checks", "[other]\nmembers: [a]");
    samples.put("group track", "[{interface: eth5}]");
    samples.put("group notify", "{master: /bin/true}");
    samples.put("group options", "{smtp-alert: true}");
    samples.put("bfd neighbour", "10.0.0.7");
    samples.put("bfd options", "{min-rx: 5}");
    samples.put("static addresses", "[10.0.0.8]");
    samples.put("static routes", "[{words: 10.1.0.0/16 via 10.0.0.3}]");
    samples.put("static rules", "[{words: from 10.1.0.0/16 priority 9, table: 5}]");
    samples.put("track-group members", "[a]");
    samples.put("announce-group interfaces", "[eth0]\narp-interval: 1s");
    samples.put("mail timeout", "7s");
    return samples;
  }

  /** What a section needs beside the key that is tried. */
  private static final Map<String, String> NEEDS =
      Map.ofEntries(
          Map.entry("vip", VIP),
          Map.entry("node", "addresses: [10.0.0.1]"),
          Map.entry("address", "address: 10.0.0.9"),
          Map.entry("check-use", "check: other"),
          Map.entry("track", "interface: eth7"),
          Map.entry("virtual-interface", "kind: macvlan"),
          Map.entry("kernel-entry", "words: 10.1.0.0/16"),
          Map.entry("check", "command: /bin/true"),
          Map.entry("check-http", "url: \"http://10.0.0.1/\""),
          Map.entry("check-haproxy", "socket: /s, backend: b"),
          Map.entry("check-process", "name: p"),
          Map.entry("check-file", "path: /f"),
          Map.entry("check-route", "network: default"),
          Map.entry("group", "members: [a]"),
          Map.entry("file", "path: /f"),
          Map.entry("process", "command: p"),
          Map.entry("bfd", "neighbour: 10.0.0.2"),
          Map.entry("interface-delay", "interface: eth0"),
          Map.entry("polled-link", "interface: eth0"),
          Map.entry("announce-group", "arp-interval: 3s"),
          Map.entry("fifo", "path: /f"),
          Map.entry("command", "command: /bin/true"),
          Map.entry("track-group", "members: []"));

  /**
   * Keys that only tell where others come from, or which node this is, or that a vip may not have.
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("top include", "node name", "vip order", "vip transport", "address track-group");

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    KeyTable.get()
        .sections()
        .forEach((section, all) -> all.keySet().forEach(key -> keys.add(section + " " + key)));
    keys.removeAll(WITHOUT_EFFECT);
    return keys;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void changesTheModel(String name) {
    String section = name.substring(0, name.indexOf(' '));
    Key key = KeyTable.get().key(section, name.substring(section.length() + 1));
    String[] sample = SAMPLES.getOrDefault(name, sample(key)).split("\n", 2);
    String rest = sample.length == 2 ? sample[1] : NEEDS.getOrDefault(section, "");
    if (rest.startsWith(key.name() + ":") || (section.equals("track") && isTracked(key))) {
      rest = "";
    }
    String separator = rest.isEmpty() ? "" : ", ";
    String with = FILES.get(section).formatted(rest + separator + key.name() + ": " + sample[0]);
    boolean isNeeded = NEEDS.getOrDefault(section, "").contains(key.name() + ":");
    String others = sample.length == 2 || isNeeded ? rest : NEEDS.getOrDefault(section, "");
    String without = FILES.get(section).formatted(others);
    if (section.equals("top")) {
      with =
          ("%s\n" + key.name() + ": " + sample[0])
              .formatted(key.name().equals("vips") ? "" : "vips: {a: {" + VIP + "}}");
      without = "vips: {a: {" + VIP + "}}";
    }
    LoadResult changed = read(with);
    assertThat(changed.problems()).as(with).noneMatch(ConfigProblem::isError);
    assertThat(Models.of(changed.config().orElseThrow()))
        .as(with)
        .isNotEqualTo(read(without).config().map(Models::of).orElse(null));
    assertThat(waiting(changed, key.name())).as(with).isEqualTo(key.isLater() ? 1 : 0);
  }

  /** How often it is said that a key is read and not followed yet. */
  private static long waiting(LoadResult result, String key) {
    return result.problems().stream()
        .filter(it -> it.is(ProblemKind.Type.NOT_YET) && it.kind().subject().equals(key))
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", "instance", "group", "bfd"})
  void saysOfEachOptionWhetherItIsFollowed(String scope) {
    String section = Map.of("global", "top", "instance", "vip").getOrDefault(scope, scope);
    Map<String, Keyword> options = OptionNames.of(scope);
    for (Map.Entry<String, Keyword> option : options.entrySet()) {
      String written = "options: {" + option.getKey() + ": " + value(option.getValue()) + "}";
      String needs = NEEDS.getOrDefault(section, "");
      LoadResult read =
          read(FILES.get(section).formatted(needs + (needs.isEmpty() ? "" : ", ") + written));
      boolean isLater = option.getValue().effect() == Keyword.Effect.LATER;
      assertThat(waiting(read, option.getKey())).as(written).isEqualTo(isLater ? 1 : 0);
      assertThat(read.problems()).as(written).noneMatch(it -> it.text().contains("unknown key"));
    }
    assertThat(options).isNotEmpty();
  }

  private static String value(Keyword keyword) {
    return switch (keyword.kind()) {
      case FLAG, SWITCH -> "true";
      case INT -> String.valueOf((long) keyword.highest());
      case SEC -> (long) keyword.highest() + "s";
      case WORD -> "text";
      default -> "[one]";
    };
  }

  private static boolean isTracked(Key key) {
    return Set.of("interface", "file", "process", "bfd").contains(key.name());
  }

  /** A value other than the default. */
  private static String sample(Key key) {
    String words = key.shape().words();
    String usual = key.defaultText();
    if (words.startsWith("true")) {
      return usual.equals("true") ? "false" : "true";
    }
    if (words.startsWith("a whole number")) {
      return usual.equals("3") ? "4" : "3";
    }
    if (words.startsWith("a time")) {
      return "2s";
    }
    if (words.startsWith("one of")) {
      List<String> choices = List.of(words.substring("one of ".length()).split(", (?:or )?", -1));
      return choices.stream().filter(it -> !it.equals(usual)).findFirst().orElseThrow();
    }
    if (words.startsWith("a list")) {
      return "[one, two]";
    }
    return words.startsWith("a command") ? "/bin/false" : "text";
  }

  @Test
  void hasAFileForEachSection() {
    assertThat(FILES.keySet())
        .containsExactlyInAnyOrderElementsOf(KeyTable.get().sections().keySet());
  }

  private static LoadResult read(String text) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options()).result();
  }
}
