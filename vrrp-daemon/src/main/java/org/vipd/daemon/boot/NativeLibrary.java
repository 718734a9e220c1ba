package org.vipd.daemon.boot;

/** What an operator can do when the native library is not loaded. */
final class NativeLibrary {

  private NativeLibrary() {}

  /**
   * One line that names the directory and the remedy.
   *
   * @param failure what loading it, or a class that needs it, threw
   */
  static String complaint(LinkageError failure) {
    String cause = String.valueOf(root(failure).getMessage()).strip().split("\\R", 2)[0];
    return "the native library for system calls cannot be loaded: "
        + cause
        + "; it is unpacked into "
        + System.getProperty("java.io.tmpdir")
        + ", which must not be mounted noexec; or run vipd --make-archive once, and it is loaded"
        + " from beside the jars";
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
