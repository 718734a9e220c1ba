package org.vipd.daemon.config.keepalived;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/**
 * Reads a {@code keepalived.conf}. Whatever is wrong with the file comes back as problems, never as
 * an exception.
 */
public final class KeepalivedReader {

  /** Larger files are refused: a thousand instances take less than 1 MiB. */
  public static final int SIZE_LIMIT = 16 << 20;

  private KeepalivedReader() {}

  /** Reads and interprets a file. */
  public static LoadResult read(Path path) {
    Problems problems = new Problems();
    String file = path.toString();
    Optional<String> text = text(path, problems);
    Optional<DaemonConfig> config = text.map(content -> interpret(file, content, problems));
    return new LoadResult(problems.hasErrors() ? Optional.empty() : config, problems.sorted());
  }

  /** Interprets text, for tests and for input that is not a file. */
  public static LoadResult parse(String file, String text) {
    Problems problems = new Problems();
    DaemonConfig config = interpret(file, text, problems);
    return new LoadResult(
        problems.hasErrors() ? Optional.empty() : Optional.of(config), problems.sorted());
  }

  private static DaemonConfig interpret(String file, String text, Problems problems) {
    List<Statement> tree = TreeBuilder.build(Scanner.scan(file, text, problems), problems);
    return new RootKeywords(problems).interpret(file, tree);
  }

  private static Optional<String> text(Path path, Problems problems) {
    Place place = Place.ofFile(path.toString());
    try {
      if (Files.isDirectory(path)) {
        problems.error(place, "is a directory, not a configuration file", "name the file in it");
        return Optional.empty();
      }
      byte[] bytes = bytes(path);
      if (bytes.length > SIZE_LIMIT) {
        problems.error(
            place, "is larger than " + (SIZE_LIMIT >> 20) + " MiB", "is it the right file?");
        return Optional.empty();
      }
      return decode(place, bytes, problems);
    } catch (NoSuchFileException e) {
      problems.error(place, "does not exist", "check the path given with -f");
    } catch (AccessDeniedException e) {
      problems.error(
          place, "cannot be read: permission denied", "give the daemon's user read permission");
    } catch (IOException e) {
      problems.error(place, "cannot be read: " + e.getMessage(), "");
    }
    return Optional.empty();
  }

  private static byte[] bytes(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(SIZE_LIMIT + 1);
    }
  }

  private static Optional<String> decode(Place place, byte[] bytes, Problems problems) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        problems.error(
            place, "is a binary file: zero byte at offset " + i, "is it the right file?");
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      problems.warning(place, "is not valid UTF-8; it is read as ISO 8859-1", "save it as UTF-8");
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }
}
