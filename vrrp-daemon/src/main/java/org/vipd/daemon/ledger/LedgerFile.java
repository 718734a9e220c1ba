package org.vipd.daemon.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The file: a first line with the version, one line for each address, route and rule, a last line
 * with their number. It is replaced as a whole, so a reader sees the old one or the new one.
 */
final class LedgerFile {

  private static final String HEAD = "vipd-ledger 1";

  /** With routes, which a version that knows only the other would leave. */
  private static final String HEAD_WITH_ROUTES = "vipd-ledger 2";

  /** With rules, too. */
  private static final String HEAD_WITH_RULES = "vipd-ledger 3";

  private static final String FAMILY = "vipd-ledger ";
  private static final String END = "end ";
  private static final long SIZE_LIMIT = 4 << 20;

  private final Path file;

  LedgerFile(Path file) {
    this.file = file;
  }

  /**
   * What a former process recorded.
   *
   * @param entries addresses that could be read
   * @param routes routes and rules that could be read
   * @param complaint why that may not be all
   */
  record Contents(List<LedgerEntry> entries, List<RouteEntry> routes, Optional<String> complaint) {

    private static Contents unusable(String why) {
      return new Contents(List.of(), List.of(), Optional.of(why));
    }
  }

  Contents read() {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            ? Contents.unusable(file + " is not a regular file and is ignored; delete it")
            : new Contents(List.of(), List.of(), Optional.empty());
      }
      if (Files.size(file) > SIZE_LIMIT) {
        return Contents.unusable(
            file + " has more than " + SIZE_LIMIT + " bytes: it is not ours and is ignored");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return parse(List.of(text.split("\n", -1)));
    } catch (NoSuchFileException e) {
      return new Contents(List.of(), List.of(), Optional.empty());
    } catch (IOException e) {
      return Contents.unusable(file + " cannot be read: " + e.getMessage());
    }
  }

  private Contents parse(List<String> lines) {
    boolean hasRules = lines.get(0).equals(HEAD_WITH_RULES);
    boolean hasRoutes = hasRules || lines.get(0).equals(HEAD_WITH_ROUTES);
    if (!hasRoutes && !lines.get(0).equals(HEAD)) {
      return Contents.unusable(
          lines.get(0).startsWith(FAMILY)
              ? file
                  + " was written by another version (expected '"
                  + HEAD_WITH_RULES
                  + "' or older, found '"
                  + lines.get(0)
                  + "') and is ignored; use 'vipd release' of that version"
              : file + " does not begin with '" + HEAD + "': it is not ours and is ignored");
    }
    List<LedgerEntry> entries = new ArrayList<>();
    List<RouteEntry> routes = new ArrayList<>();
    Optional<String> complaint = Optional.empty();
    boolean isComplete = false;
    for (int i = 1; i < lines.size() && !isComplete; i++) {
      Optional<LedgerEntry> entry = LedgerEntry.parse(lines.get(i));
      Optional<RouteEntry> route =
          RouteEntry.parse(lines.get(i)).filter(it -> it.isRule() ? hasRules : hasRoutes);
      entry.ifPresent(entries::add);
      route.ifPresent(routes::add);
      isComplete = lines.get(i).equals(END + (entries.size() + routes.size()));
      if (entry.isEmpty() && route.isEmpty() && !isComplete) {
        complaint =
            complaint.or(() -> Optional.of(file + " is damaged; what can be read of it is used"));
      }
    }
    return new Contents(List.copyOf(entries), List.copyOf(routes), complaint);
  }

  /** Replaces the file. Never follows a link that somebody put there. */
  void write(Collection<LedgerEntry> entries, Collection<RouteEntry> routes) throws IOException {
    StringBuilder text = new StringBuilder(head(routes)).append('\n');
    entries.forEach(entry -> text.append(entry.line()).append('\n'));
    // no lambda: its type would be loaded at the start of a daemon without routes
    for (RouteEntry route : routes) {
      text.append(route.line()).append('\n');
    }
    text.append(END).append(entries.size() + routes.size()).append('\n');
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.write(
        fresh,
        text.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String head(Collection<RouteEntry> routes) {
    String head = routes.isEmpty() ? HEAD : HEAD_WITH_ROUTES;
    for (RouteEntry route : routes) {
      head = route.isRule() ? HEAD_WITH_RULES : head;
    }
    return head;
  }
}
