package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.process.Inheritance;

/** Who a process is, as far as those that it starts become the same: proc_pid_status(5). */
public final class ProcessIdentity {

  private static final List<String> ADOPTED =
      List.of("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapBnd", "CapAmb", "NoNewPrivs");
  private static final List<String> NAMESPACES = List.of("mnt", "net", "pid");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String ROOT = "0";
  private static final int OCTAL = 8;
  private static final int HEXADECIMAL = 16;

  private final Path directory;
  private final Map<String, String> fields = new TreeMap<>();

  private ProcessIdentity(Path directory) throws IOException {
    this.directory = directory;
    try (Stream<String> lines =
        Files.lines(directory.resolve("status"), StandardCharsets.ISO_8859_1)) {
      lines
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> fields.put(parts[0], parts[1].strip()));
    }
  }

  /**
   * Reads it.
   *
   * @param pid number of a process, or {@code self}
   */
  public static ProcessIdentity of(String pid) throws IOException {
    return new ProcessIdentity(Path.of("/proc", pid));
  }

  /** {@code uid 65534, gid 65534}. */
  public String text() {
    return "uid " + effective("Uid") + ", gid " + effective("Gid");
  }

  /** The effective one of the four numbers. */
  private String effective(String field) {
    return get(field).split("\\s+", -1)[1];
  }

  private String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Gives this process the working directory and the umask of another, for what it starts. */
  public static List<String> adoptPlace(ProcessIdentity other) {
    List<String> differences = new ArrayList<>();
    try {
      Inheritance.fileModeMask(Integer.parseInt(other.get("Umask"), OCTAL));
      Inheritance.workingDirectory(other.directory.resolve("cwd").toString());
    } catch (SyscallException | NumberFormatException e) {
      differences.add("the working directory or umask: " + e.getMessage());
    }
    return differences;
  }

  /** Whether what this one starts is no other than what the other one starts. */
  public boolean isLike(ProcessIdentity other) {
    return ADOPTED.stream().allMatch(it -> get(it).equals(other.get(it)));
  }

  /** Whether it may become anybody. */
  public boolean isRoot() {
    return effective("Uid").equals(ROOT);
  }

  /** Whether the program is there that {@link #words} begins with. */
  public static boolean canBeAdopted() {
    return Files.isExecutable(SETPRIV);
  }

  /** The words that make a program that root starts one that this process starts. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(SETPRIV.toString());
    words.add("--reuid=" + effective("Uid"));
    words.add("--regid=" + effective("Gid"));
    String groups = get("Groups").replaceAll("\\s+", ",");
    words.add(groups.isEmpty() ? "--clear-groups" : "--groups=" + groups);
    words.add("--inh-caps=" + capabilities("CapInh"));
    words.add("--ambient-caps=" + capabilities("CapAmb"));
    words.add("--bounding-set=" + capabilities("CapBnd"));
    if (get("NoNewPrivs").equals("1")) {
      words.add("--no-new-privs");
    }
    words.add("--");
    return words;
  }

  /** A mask as setpriv takes it: {@code -all,+cap_12}. */
  private String capabilities(String field) {
    long mask = Long.parseUnsignedLong(get(field), HEXADECIMAL);
    StringBuilder text = new StringBuilder("-all");
    for (int i = 0; i < Long.SIZE; i++) {
      if ((mask >>> i & 1) != 0) {
        text.append(",+cap_").append(i);
      }
    }
    return text.toString();
  }

  /** What the other one has and what it starts cannot be given: namespaces and filters. */
  public List<String> beyond(ProcessIdentity other) {
    List<String> differences = new ArrayList<>();
    for (String namespace : NAMESPACES) {
      if (!namespace(namespace).equals(other.namespace(namespace))) {
        differences.add("the " + namespace + " namespace");
      }
    }
    if (!get("Seccomp").equals(other.get("Seccomp"))) {
      differences.add("the filter of system calls");
    }
    return differences;
  }

  private String namespace(String name) {
    try {
      return Files.readSymbolicLink(directory.resolve("ns").resolve(name)).toString();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }
}
