package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where daemons of FRR keep their files on a host, and how they are started there. */
final class FrrHome {

  private static final Path DAEMONS = Path.of("/usr/lib/frr");

  /** Keeps what FRR leaves about each process out of the machine's directory. */
  private static final String PRIVATE_STATE =
      "mkdir -p /var/tmp/frr && mount -t tmpfs none /var/tmp/frr && exec \"$@\"";

  private final Host host;
  private final Path directory;

  /** Makes the directory with a configuration of zebra. */
  FrrHome(Host host) {
    this.host = host;
    this.directory = host.home().resolve("frr");
    try {
      open();
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("directory of FRR", e);
    }
    configure("zebra", "hostname zebra\n");
  }

  static Path program(String daemon) {
    return DAEMONS.resolve(daemon);
  }

  static boolean isInstalled(String daemon) {
    return Files.isExecutable(program(daemon));
  }

  /** FRR gives up root, and must get to its files all the same. */
  private void open() throws IOException {
    for (Path path = host.home(); path.getFileName() != null; path = path.getParent()) {
      if (path.getFileName().toString().startsWith("vipd-lab-") || path.equals(host.home())) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** Writes the configuration of a daemon. */
  void configure(String daemon, String text) {
    try {
      Files.writeString(directory.resolve(daemon + ".conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("configuration of " + daemon, e);
    }
    Shell.run("chown", "-R", "frr:frr", directory.toString());
  }

  /** Starts zebra, which the others need, and waits until it listens. */
  void launchZebra() {
    launch("zebra");
    Await.until("zebra listens", () -> Files.exists(directory.resolve("zserv.api")));
  }

  /** Starts a daemon. */
  Launched launch(String daemon, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                PRIVATE_STATE,
                "sh",
                program(daemon).toString(),
                "-f",
                directory.resolve(daemon + ".conf").toString(),
                "-i",
                directory.resolve(daemon + ".pid").toString(),
                "-z",
                directory.resolve("zserv.api").toString(),
                "--vty_socket",
                directory.toString(),
                "-u",
                "frr",
                "-g",
                "frr"));
    command.addAll(Arrays.asList(more));
    return host.start(daemon, command, Map.of());
  }

  /** Says something to the daemons and answers what they say. */
  String tell(String... commands) {
    List<String> words = new ArrayList<>(List.of("vtysh", "--vty_socket", directory.toString()));
    for (String command : commands) {
      words.add("-c");
      words.add(command);
    }
    return Shell.run(words.toArray(String[]::new));
  }
}
