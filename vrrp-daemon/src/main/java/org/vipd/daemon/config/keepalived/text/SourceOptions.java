package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration may refer to beside its own text.
 *
 * @param configId decides {@code @id} conditions; by default the host name up to its first dot
 * @param environment variables for {@code ${_ENV NAME}}
 * @param seed of {@code ${_RANDOM}}
 */
public record SourceOptions(String configId, Map<String, String> environment, long seed) {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  public SourceOptions {
    environment = Map.copyOf(environment);
  }

  /** The host's own name and the process environment. */
  public static SourceOptions ofHost() {
    return new SourceOptions(shortHostName(), System.getenv(), ProcessHandle.current().pid());
  }

  private static String shortHostName() {
    try {
      String name = Files.readString(HOST_NAME, StandardCharsets.ISO_8859_1).strip();
      int dot = name.indexOf('.');
      return dot < 0 ? name : name.substring(0, dot);
    } catch (IOException e) {
      // no readable name: then no condition with a name holds
      return "";
    }
  }
}
