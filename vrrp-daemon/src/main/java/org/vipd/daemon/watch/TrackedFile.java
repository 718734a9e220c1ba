package org.vipd.daemon.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.event.TrackerReading;
import org.vipd.daemon.port.FileFailure;

/** The number in a file; a file without a number counts as 0, as in keepalived. */
final class TrackedFile {

  /** What of a file is looked at; more is not a number. */
  private static final int READ_BYTES = 127;

  private static final Pattern NUMBER =
      Pattern.compile("\\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*).*", Pattern.DOTALL);
  private static final long LARGEST = Integer.MAX_VALUE + 1L;
  private static final int HEX = 16;
  private static final int OCTAL = 8;
  private static final int DECIMAL = 10;

  private final FileTracker config;
  private int lastValue;
  private boolean isUsable = true;

  TrackedFile(FileTracker config) {
    this.config = config;
  }

  FileTracker config() {
    return config;
  }

  Path path() {
    return Path.of(config.path()).toAbsolutePath();
  }

  /** Writes the number that the file is to begin with; says why when that fails. */
  String initialize() {
    FileTracker.Initial initial = config.initial();
    boolean isWanted = initial.value().isPresent();
    if (!isWanted || (Files.exists(path()) && !initial.overwrites())) {
      return "";
    }
    try {
      Files.writeString(path(), initial.value().getAsInt() + "\n");
      return "";
    } catch (IOException e) {
      return "track_file "
          + config.name()
          + ": "
          + path()
          + " cannot be created: "
          + FileFailure.cause(e);
    }
  }

  /** Whether what was read last was a number, or a file that is not there or empty. */
  boolean isUsable() {
    return isUsable;
  }

  /** Reads the file now. */
  TrackerReading read() {
    isUsable = true;
    try {
      if (!Files.exists(path())) {
        return reading(0, "does not exist");
      }
      if (!Files.isRegularFile(path())) {
        isUsable = false;
        return reading(0, "is no regular file");
      }
      return parse(head());
    } catch (IOException e) {
      isUsable = false;
      return reading(0, "cannot be read (" + FileFailure.cause(e) + ")");
    }
  }

  private String head() throws IOException {
    try (InputStream in = Files.newInputStream(path(), StandardOpenOption.READ)) {
      return new String(in.readNBytes(READ_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  private TrackerReading parse(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      isUsable = text.isBlank();
      return reading(0, isUsable ? "is empty" : "does not begin with a number");
    }
    String digits = matcher.group(2);
    int radix = DECIMAL;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      boolean isHex = Character.toLowerCase(digits.charAt(1)) == 'x';
      radix = isHex ? HEX : OCTAL;
      digits = digits.substring(isHex ? 2 : 1);
    }
    return accept(matcher.group(1) + digits, radix);
  }

  /** keepalived takes one number that is too large for its 32 bits, and ignores what is larger. */
  private TrackerReading accept(String digits, int radix) {
    try {
      long number = Long.parseLong(digits, radix);
      if (number < Integer.MIN_VALUE || number > LARGEST) {
        return ignored();
      }
      lastValue = (int) Math.min(Integer.MAX_VALUE, number);
      return reading(lastValue, number == lastValue ? "" : "holds " + number);
    } catch (NumberFormatException e) {
      return ignored();
    }
  }

  private TrackerReading ignored() {
    isUsable = false;
    return reading(lastValue, "holds a number beyond 32 bits, which is ignored");
  }

  private TrackerReading reading(int value, String remark) {
    String counts = remark.isEmpty() ? " holds " : " " + remark + ", which counts as ";
    return new TrackerReading(value, path() + counts + value);
  }
}
