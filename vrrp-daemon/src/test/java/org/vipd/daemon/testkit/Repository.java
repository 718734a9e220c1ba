package org.vipd.daemon.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the files of the repository and what lies beside it. */
public final class Repository {

  private Repository() {}

  /** The folder that holds the three modules. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("vrrp-protocol"))) {
      folder =
          Optional.ofNullable(folder.getParent())
              .orElseThrow(() -> new IllegalStateException("not inside the repository"));
    }
    return folder;
  }

  /** A folder of material that is shared beside the repository; empty when it is not there. */
  public static Optional<Path> shared(String name) {
    return Optional.ofNullable(root().getParent())
        .map(parent -> parent.resolve("shared").resolve(name))
        .filter(Files::isDirectory);
  }
}
