package org.vipd.daemon.runtime;

import java.nio.file.Path;
import java.util.List;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.DaemonConfig;

/**
 * The configuration the daemon starts with.
 *
 * @param file where it was read from, as it was typed
 * @param programVersion version of the program, for status
 * @param config the model
 * @param problems warnings found in it, as text
 * @param hash of the files that it was read from
 * @param filterTable name of the daemon's table in the packet filter
 */
public record Loaded(
    String file,
    String programVersion,
    DaemonConfig config,
    List<String> problems,
    ConfigHash hash,
    String filterTable) {

  private static final String USUAL_TABLE = "vipd";

  /** The file for those who ask from another directory. */
  String absoluteFile() {
    return Path.of(file).toAbsolutePath().normalize().toString();
  }

  public Loaded {
    problems = List.copyOf(problems);
    config = config.withImpliedDevices();
  }

  /** Read from no file, with the usual table. */
  public Loaded(String file, String programVersion, DaemonConfig config, List<String> problems) {
    this(file, programVersion, config, problems, new ConfigHash(), USUAL_TABLE);
  }
}
