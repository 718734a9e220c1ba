package org.vipd.daemon.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the addresses and routes of a ledger are. The same interface and address mean something
 * else in another network namespace, and after the machine was started again nothing is left.
 *
 * @param boot which start of the machine; empty when that is not known
 * @param name what the kernel calls the namespace, {@code net:[4026531840]}; empty when that is not
 *     known. The number may be given again when the namespace is gone
 */
public record NetworkNamespace(String boot, String name) {

  /** That of a ledger which does not tell. */
  static final NetworkNamespace UNKNOWN = new NetworkNamespace("", "");

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path OWN = Path.of("/proc/self/ns/net");
  private static final Path NAMED = Path.of("/run/netns");
  private static final String WORD = "namespace";
  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 3;
  private static final String BOOT_FORM = "[0-9a-f-]{0,64}";
  private static final String NAME_FORM = "net:\\[[0-9]{1,20}]";

  /** The one that this process is in. */
  public static NetworkNamespace ofProcess() {
    try {
      String name = Files.readSymbolicLink(OWN).toString();
      return name.matches(NAME_FORM) ? new NetworkNamespace(bootOfMachine(), name) : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String bootOfMachine() {
    try {
      String text = Files.readString(BOOT).strip();
      return text.matches(BOOT_FORM) ? text : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Reads a line of the file; empty when it is none. */
  static Optional<NetworkNamespace> parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    boolean isOne =
        fields.length == FIELDS
            && fields[0].equals(WORD)
            && fields[1].matches(BOOT_FORM)
            && fields[2].matches(NAME_FORM);
    return isOne ? Optional.of(new NetworkNamespace(fields[1], fields[2])) : Optional.empty();
  }

  /** The line of the file; empty when it says nothing. */
  String line() {
    return name.isEmpty() ? "" : String.join(SEPARATOR, WORD, boot, name);
  }

  /** Whether something there is not here, as far as both are known. */
  boolean isOtherThan(NetworkNamespace here) {
    return !name.isEmpty() && !here.name.isEmpty() && !name.equals(here.name);
  }

  /** Whether it ended with the machine's last stop. */
  boolean isGone(NetworkNamespace here) {
    return isOtherThan(here) && !boot.isEmpty() && !here.boot.isEmpty() && !boot.equals(here.boot);
  }

  /** What {@code ip netns} calls it, when it has a name. */
  Optional<String> title() {
    String number = name.replaceAll("[^0-9]", "");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(NAMED)) {
      for (Path one : all) {
        if (Files.getAttribute(one, "unix:ino").toString().equals(number)) {
          return Optional.of(one.getFileName().toString());
        }
      }
    } catch (IOException e) {
      // without names
    }
    return Optional.empty();
  }
}
