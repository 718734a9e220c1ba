package org.vipd.daemon.linux;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Linux this is, as it says itself. Of use only where the answer "an older one" is safe:
 * distributions bring what is new to old versions.
 *
 * @param major the first number
 * @param minor the second number
 */
record KernelVersion(int major, int minor) {

  private static final Pattern BEGINNING = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /** The one that runs. */
  static KernelVersion running() {
    return of(System.getProperty("os.version", ""));
  }

  /** Reads what {@code uname -r} prints; what makes no sense is older than all. */
  static KernelVersion of(String release) {
    Matcher matcher = BEGINNING.matcher(release);
    return matcher.lookingAt()
        ? new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new KernelVersion(0, 0);
  }

  /** Whether the kernel keeps with an address who has added it (IFA_PROTO, Linux 5.18). */
  boolean keepsAddressProtocol() {
    return major > 5 || (major == 5 && minor >= 18);
  }

  /** What an operator of an old kernel should know at the start; empty with a new one. */
  Optional<String> notice() {
    return keepsAddressProtocol()
        ? Optional.empty()
        : Optional.of(
            "Linux "
                + major
                + "."
                + minor
                + " is older than 5.18 and may not keep who has added an address (IFA_PROTO):"
                + " addresses with a lease are as safe as anywhere, but what has none (vipd_lease"
                + " off, static addresses) stays after a crash until somebody removes it");
  }
}
