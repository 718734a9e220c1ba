package org.vipd.daemon.config.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** Checks texts in keepalived's language as files {@code a.conf}, {@code b.conf} of a folder. */
record CheckedText(Path folder) {

  /** What a rule says: severity and text of each problem with its id. */
  List<String> found(String rule, String... texts) {
    return found(rule, new FixedHost(), texts);
  }

  /** The same where a text that is alone is for another host than {@link FixedHost}. */
  List<String> found(String rule, HostView host, String... texts) {
    return problems(rule, host, texts).stream()
        .map(problem -> problem.severity().word() + ": " + problem.text())
        .toList();
  }

  /** Where a rule says something. */
  List<String> places(String rule, String text) {
    return problems(rule, new FixedHost(), text).stream()
        .map(problem -> problem.place().toString().replace(folder + "/", ""))
        .toList();
  }

  /** What a rule proposes. */
  List<String> hints(String rule, String text) {
    return problems(rule, new FixedHost(), text).stream().map(ConfigProblem::hint).toList();
  }

  private List<ConfigProblem> problems(String rule, HostView host, String... texts) {
    List<ConfigProblem> all = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    for (String text : texts) {
      String name = (char) ('a' + nodes.size()) + ".conf";
      KeepalivedReader.Reading reading = read(name, text);
      all.addAll(reading.result().problems());
      DaemonConfig config = reading.result().config().orElseThrow();
      HostView of = texts.length == 1 ? host : new UnknownHost();
      nodes.add(new Node(name, config, reading.places(), of));
    }
    return Stream.concat(all.stream(), Rules.apply(nodes).stream())
        .filter(problem -> problem.rule().equals(rule))
        .toList();
  }

  private KeepalivedReader.Reading read(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      return KeepalivedReader.readWithPlaces(file, new SourceOptions("node", Map.of(), 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An instance with further lines. */
  static String instance(int priority, String... lines) {
    return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 7
          priority %d
          virtual_ipaddress { 10.0.0.100 }
          %s
        }
        """
        .formatted(priority, String.join("\n  ", lines));
  }
}
