package org.vipd.daemon.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Wireshark's dissector as a second opinion on packets. */
final class Tshark {

  private static final String PROGRAM = "/usr/bin/tshark";

  /** VRRPv3 over IPv4 with a checksum over the message only, as RFC 9568 has it. */
  static final String MESSAGE_ONLY = "vrrp.v3_checksum_as_in_v2:TRUE";

  /** Wireshark's mark of a good checksum. */
  private static final String CHECKSUM_GOOD = "1";

  private Tshark() {}

  static boolean isInstalled() {
    return Files.isExecutable(Path.of(PROGRAM));
  }

  /** A display filter for packets from some addresses. */
  static String from(List<String> sources) {
    return sources.stream()
        .map(source -> (source.contains(":") ? "ipv6.src==" : "ip.src==") + source)
        .collect(Collectors.joining(" || ", "(", ")"));
  }

  /** How many packets a display filter selects. */
  static long count(Path file, String filter, String... preferences) {
    return run(file, filter, List.of("-e", "frame.number"), preferences).size();
  }

  /** One line for each selected VRRP packet that is malformed, odd or has a bad checksum. */
  static List<String> faults(Path file, String filter, String... preferences) {
    String odd =
        " && (_ws.malformed || _ws.expert || vrrp.checksum.status != "
            + CHECKSUM_GOOD
            + " || ip.checksum.status == 0)";
    List<String> columns = new ArrayList<>();
    for (String field :
        List.of("frame.number", "vrrp.checksum.status", "_ws.malformed", "_ws.expert.message")) {
      columns.addAll(List.of("-e", field));
    }
    return run(file, filter + odd, columns, preferences);
  }

  /** The values of some fields, one line for each selected packet, separated by blanks. */
  static List<String> fields(Path file, String filter, String... fields) {
    List<String> columns = new ArrayList<>(List.of("-E", "separator=/s"));
    for (String field : fields) {
      columns.addAll(List.of("-e", field));
    }
    return run(file, filter, columns);
  }

  private static List<String> run(
      Path file, String filter, List<String> columns, String... preferences) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-r", file.toString(), "-n"));
    command.addAll(List.of("-o", "ip.check_checksum:TRUE"));
    for (String preference : preferences) {
      command.addAll(List.of("-o", preference));
    }
    command.addAll(List.of("-Y", filter, "-T", "fields"));
    command.addAll(columns);
    Shell.Result result = Shell.execute(command, Map.of());
    if (result.code() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
    }
    return result.output().lines().filter(line -> !line.startsWith("Running as user")).toList();
  }
}
