package org.vipd.daemon.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.check.host.FileKind;
import org.vipd.daemon.config.probe.Probe;
import org.vipd.daemon.watch.ProcessList;

/** Checks of what is on this machine: files, processes, interfaces. */
final class LocalProbes {

  private static final int READ_LIMIT = 65_536;

  /** Length of a name in {@code /proc/PID/comm} (TASK_COMM_LEN without its end). */
  private static final int SHORT_NAME = 15;

  private LocalProbes() {}

  static String file(Probe.File file, Instant now) throws IOException {
    Path path = Path.of(file.path());
    Instant changed;
    try {
      changed = Files.getLastModifiedTime(path).toInstant();
    } catch (NoSuchFileException e) {
      throw new IOException(path + " does not exist", e);
    }
    Duration age = Duration.between(changed, now);
    if (file.maximumAge().isPresent() && age.compareTo(file.maximumAge().get()) > 0) {
      throw new IOException(
          path
              + " was last changed "
              + age.toSeconds()
              + " s ago, expected at most "
              + file.maximumAge().get().toSeconds()
              + " s");
    }
    if (file.contains().isPresent() && !head(path).contains(file.contains().get())) {
      throw new IOException(path + " does not contain '" + file.contains().get() + "'");
    }
    return path + " is as expected";
  }

  private static String head(Path path) throws IOException {
    Optional<String> irregular = FileKind.irregular(path);
    if (irregular.isPresent()) {
      throw new IOException(
          path + " is " + irregular.get() + ", expected a regular file with text");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(READ_LIMIT), StandardCharsets.UTF_8);
    }
  }

  static String process(Probe.Processes process, ProcessList processes) throws IOException {
    int found = 0;
    for (int pid : processes.all()) {
      found += isNamed(processes, pid, process.name()) && processes.runs(pid) ? 1 : 0;
      if (found >= process.minimum()) {
        return "at least " + found + " run";
      }
    }
    throw new IOException(
        found
            + " processes named "
            + process.name()
            + " run, expected at least "
            + process.minimum());
  }

  private static boolean isNamed(ProcessList processes, int pid, String name) {
    String kept = processes.name(pid);
    if (name.length() <= SHORT_NAME) {
      return kept.equals(name);
    }
    // the kernel keeps the beginning only; the command line has the rest
    List<String> arguments = processes.arguments(pid);
    return !kept.isEmpty()
        && name.startsWith(kept)
        && !arguments.isEmpty()
        && (arguments.get(0).equals(name) || arguments.get(0).endsWith("/" + name));
  }

  static String networkInterface(Probe.Interface network, Path classNet) throws IOException {
    Path folder = classNet.resolve(network.name());
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no interface " + network.name());
    }
    String state = Files.readString(folder.resolve("operstate")).strip();
    boolean isUp = state.equals("up") || (state.equals("unknown") && hasCarrier(folder));
    if (!isUp) {
      throw new IOException("interface " + network.name() + " is " + state + ", expected up");
    }
    return network.name() + " is " + state;
  }

  /** Interfaces without a link, such as tunnels, have an unknown state while they are up. */
  private static boolean hasCarrier(Path folder) throws IOException {
    try {
      return Files.readString(folder.resolve("carrier")).strip().equals("1");
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
