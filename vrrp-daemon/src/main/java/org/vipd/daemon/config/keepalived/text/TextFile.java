package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.vipd.daemon.config.ByteText;
import org.vipd.daemon.config.ConfigHash;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/** Reads one configuration file; what is wrong with it becomes a problem. */
public class TextFile {

  /** Larger files are refused: a thousand instances take less than 1 MiB. */
  public static final int SIZE_LIMIT = 4 << 20;

  private static final int ATTEMPTS = 3;
  private static final int LINES_REPORTED = 5;
  private static final String PASSWORD = "auth_pass";

  private final Path path;
  private final Place place;
  private final Problems problems;
  private final ConfigHash hash;

  /** A file; the test of a file that changes while it is read has one of its own. */
  TextFile(Path path, Place place, Problems problems, ConfigHash hash) {
    this.path = path;
    this.place = place;
    this.problems = problems;
    this.hash = hash;
  }

  /**
   * The text of a file.
   *
   * @param place where problems are reported: the file itself, or the line that includes it
   * @param hash takes what was read
   */
  public static Optional<String> read(Path path, Place place, Problems problems, ConfigHash hash) {
    return new TextFile(path, place, problems, hash).text();
  }

  /** The text, or empty and a problem. */
  Optional<String> text() {
    Optional<String> lost = NoFile.of(path);
    if (lost.isPresent()) {
      return refuse(lost.get(), "look where it leads: ls -l " + path);
    }
    try {
      if (Files.isDirectory(path)) {
        return refuse("is a directory, not a configuration file", "name the file in it");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        return refuse("is a pipe, socket or device, not a regular file", "name a regular file");
      }
      for (int i = 0; i < ATTEMPTS; i++) {
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
        byte[] bytes = bytes();
        if (isUnchanged(before, Files.readAttributes(path, BasicFileAttributes.class))) {
          return decode(bytes);
        }
      }
      return refuse("changes while it is read", "try again when it is written");
    } catch (NoSuchFileException e) {
      return refuse("does not exist", "check the path");
    } catch (AccessDeniedException e) {
      return refuse("cannot be read: permission denied", "give the daemon's user read permission");
    } catch (IOException e) {
      return refuse("cannot be read: " + Obstacle.of(e), "");
    }
  }

  private static boolean isUnchanged(BasicFileAttributes before, BasicFileAttributes after) {
    return before.size() == after.size()
        && before.lastModifiedTime().equals(after.lastModifiedTime());
  }

  /** Reads at most a byte more than the limit. */
  byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(SIZE_LIMIT + 1);
    }
  }

  private static boolean isMark(byte[] bytes, int first, int second) {
    return (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private Optional<String> decode(byte[] bytes) {
    if (bytes.length > SIZE_LIMIT) {
      return refuse("is larger than " + (SIZE_LIMIT >> 20) + " MiB", "is it the right file?");
    }
    if (bytes.length > 1 && (isMark(bytes, 0xFF, 0xFE) || isMark(bytes, 0xFE, 0xFF))) {
      return refuseAt(
          new Place(path.toString(), 1, 1),
          "the file is in UTF-16, as some editors of Windows write",
          "save it as UTF-8");
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return refuseAt(
            placeOf(bytes, i),
            "zero byte at offset " + i + ": this is a binary file, or a damaged one",
            "is it the right file? delete the byte if it is");
      }
    }
    hash.add(bytes);
    try {
      return Optional.of(
          withLines(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException e) {
      return Optional.of(readable(withLines(ByteText.decode(bytes))));
    }
  }

  /** Old Mac OS ends lines with a character that nobody else takes for the end of one. */
  private String withLines(String text) {
    if (text.indexOf('\n') >= 0 || text.strip().indexOf('\r') < 0) {
      return text;
    }
    problems.warning(
        new Place(path.toString(), 1, text.indexOf('\r') + 1),
        "lines end with a CR alone, as on old Mac OS; they are read as lines, which keepalived"
            + " would not do",
        "save the file with the line ends of Unix");
    return text.replace('\r', '\n');
  }

  /** Only a password keeps its bytes; the first lines with such bytes are reported. */
  private String readable(String text) {
    String[] lines = text.split("\n", -1);
    int found = 0;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      OptionalInt column =
          IntStream.range(0, line.length())
              .filter(it -> ByteText.isByte(line.charAt(it)))
              .findFirst();
      if (column.isPresent() && found++ < LINES_REPORTED) {
        problems.warning(
            new Place(path.toString(), i + 1, column.getAsInt() + 1),
            String.format(
                Locale.ROOT,
                "byte 0x%02x is not UTF-8; it is read as ISO 8859-1",
                ByteText.byteOf(line.charAt(column.getAsInt()))),
            "save the file as UTF-8");
      }
      boolean isPassword = line.stripLeading().startsWith(PASSWORD);
      lines[i] = isPassword ? line : ByteText.readable(line);
    }
    return String.join("\n", lines);
  }

  /** Line and column of a byte, where the line is text. */
  private Place placeOf(byte[] bytes, int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    String before = new String(bytes, start, offset - start, StandardCharsets.UTF_8);
    return new Place(path.toString(), line, before.length() + 1);
  }

  private Optional<String> refuseAt(Place where, String text, String hint) {
    problems.error(where, text, hint);
    return Optional.empty();
  }

  private Optional<String> refuse(String text, String hint) {
    boolean isIncluded = place.line() > 0;
    problems.error(place, isIncluded ? "included file " + path + " " + text : text, hint);
    return Optional.empty();
  }
}
