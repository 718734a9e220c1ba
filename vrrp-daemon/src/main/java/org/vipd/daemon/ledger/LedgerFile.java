package org.vipd.daemon.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The file: a first line with the version, one line for each address, route and rule, a line with
 * their number, one line for each address of a router, and where all that is. It is replaced as a
 * whole, so a reader sees the old one or the new one. What a newer version wrote into it, and this
 * one does not know, stays in it.
 */
public final class LedgerFile {

  /** More than a ledger with all that is ever recorded has. */
  private static final long SIZE_LIMIT = 64 << 20;

  private final Path file;
  private final NetworkNamespace here;
  private LedgerContents.Foreign foreign = LedgerContents.Foreign.NONE;

  /**
   * A file of the runtime directory.
   *
   * @param here where this process adds what it records
   */
  public LedgerFile(Path file, NetworkNamespace here) {
    this.file = file;
    this.here = here;
  }

  /** Where it is. */
  Path path() {
    return file;
  }

  /** Where this process adds what it records. */
  NetworkNamespace here() {
    return here;
  }

  boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  LedgerContents read() {
    LedgerContents contents = contents();
    foreign =
        contents.origin().isOtherThan(here) ? LedgerContents.Foreign.NONE : contents.foreign();
    return contents;
  }

  /** Of which other namespace it is, in words; empty when it is of this one, or of none. */
  public Optional<String> elsewhere() {
    NetworkNamespace origin = contents().origin();
    return origin.isOtherThan(here) && !origin.isGone(here)
        ? Optional.of(place(origin))
        : Optional.empty();
  }

  /** Where it belongs, when that is not here. */
  String place(NetworkNamespace origin) {
    return file
        + " is of network namespace "
        + origin.name()
        + (origin.isGone(here) ? " before the last start of this machine" : "")
        + ", and this is "
        + here.name();
  }

  private LedgerContents contents() {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            ? LedgerContents.unusable(file + " is not a regular file and is ignored; delete it")
            : LedgerContents.NOTHING;
      }
      if (Files.size(file) > SIZE_LIMIT) {
        return LedgerContents.unusable(
            file + " has more than " + SIZE_LIMIT + " bytes: it is not ours and is ignored");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return LedgerReading.of(file, List.of(text.split("\n", -1)));
    } catch (NoSuchFileException e) {
      return LedgerContents.NOTHING;
    } catch (IOException e) {
      return LedgerContents.unusable(file + " cannot be read: " + e.getMessage());
    }
  }

  /** Replaces the file. Never follows a link that somebody put there. */
  void write(
      Collection<LedgerEntry> entries,
      Collection<RouteEntry> routes,
      Collection<RouterEntry> routers)
      throws IOException {
    StringBuilder text = new StringBuilder(LedgerReading.FAMILY);
    text.append(Math.max(version(routes), foreign.version())).append('\n');
    entries.forEach(entry -> text.append(entry.line()).append('\n'));
    // no lambda: its type would be loaded at the start of a daemon without routes
    for (RouteEntry route : routes) {
      text.append(route.line()).append('\n');
    }
    for (String line : foreign.lines()) {
      text.append(line).append('\n');
    }
    int count = entries.size() + routes.size() + foreign.lines().size();
    text.append(LedgerReading.END).append(count).append('\n');
    for (RouterEntry router : routers) {
      text.append(router.line()).append('\n');
    }
    if (!here.line().isEmpty()) {
      text.append(here.line()).append('\n');
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.write(
        fresh,
        text.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int version(Collection<RouteEntry> routes) {
    int version = routes.isEmpty() ? LedgerReading.WITH_ADDRESSES : LedgerReading.WITH_ROUTES;
    for (RouteEntry route : routes) {
      version = route.isRule() ? LedgerReading.WITH_RULES : version;
    }
    return version;
  }
}
