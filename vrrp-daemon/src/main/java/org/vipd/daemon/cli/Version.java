package org.vipd.daemon.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, from the manifest of its jar. */
final class Version implements IVersionProvider {

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "vipd "
          + text()
          + " on Java "
          + Runtime.version()
          + " ("
          + System.getProperty("os.arch")
          + ")"
    };
  }
}
