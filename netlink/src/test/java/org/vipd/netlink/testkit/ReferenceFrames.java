package org.vipd.netlink.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Frames that lie beside the project, checked by tools other than ours; not part of it. */
public final class ReferenceFrames {

  private static final Path FILE = Path.of("..", "..", "shared", "packets", "neighbor.json");

  private ReferenceFrames() {}

  /** Returns a frame in hexadecimal, or skips the running test with a printed reason. */
  public static String require(String id) {
    if (!Files.isReadable(FILE)) {
      System.out.println("SKIPPED: no reference frames at " + FILE.toAbsolutePath().normalize());
    }
    Assumptions.assumeTrue(Files.isReadable(FILE), "no reference frames");
    try {
      String text = Files.readString(FILE);
      Matcher matcher =
          Pattern.compile("\"id\": \"" + id + "\".*?\"frame\": \"([0-9a-f]+)\"", Pattern.DOTALL)
              .matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException(FILE + ": has no frame " + id);
      }
      return matcher.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE.toString(), e);
    }
  }
}
