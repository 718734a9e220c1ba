package org.vipd.daemon.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built daemon, started as operators start it: through {@code bin/vipd}. */
public final class Distribution {

  private static final Path ROOT = findRoot();

  private Distribution() {}

  /** The launcher. */
  public static String launcher() {
    return ROOT.resolve("bin/vipd").toString();
  }

  /** The source tree. */
  static Path root() {
    return ROOT;
  }

  /** The directory for what tests and benchmarks leave to be read. */
  public static Path target() {
    return ROOT.resolve("vrrp-daemon/target");
  }

  /**
   * The environment of a daemon: this Java, and the class archive that {@link #makeArchive} makes.
   */
  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("VIPD_ARCHIVE_DIR", target().resolve("lab-archive").toString());
    return environment;
  }

  /** Makes the class archive when it is missing or does not fit. */
  public static synchronized void makeArchive() {
    Shell.Result result = run("--make-archive");
    if (result.code() != 0) {
      throw new IllegalStateException("no class archive: " + result.output());
    }
  }

  /** Runs a command of the daemon to its end. */
  public static Shell.Result run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(List.of(arguments));
    return Shell.execute(command, environment());
  }

  private static Path findRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(directory.resolve("bin/vipd"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("bin/vipd is not above " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }
}
