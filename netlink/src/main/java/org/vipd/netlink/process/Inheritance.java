package org.vipd.netlink.process;

import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/** What this process hands down to those it starts, beside their environment. */
public final class Inheritance {

  private Inheritance() {}

  /**
   * Changes the bits that new files do not get.
   *
   * @param mask 0..0777
   */
  public static void fileModeMask(int mask) {
    SystemCalls.get().libC().umask(mask);
  }

  /** Changes the working directory; Java's own stays. */
  public static void workingDirectory(String path) {
    SystemCalls calls = SystemCalls.get();
    try (NativeMemory text = NativeMemory.scoped(path)) {
      calls.check(calls.libC().chdir(text.address()), "chdir", path);
    }
  }
}
