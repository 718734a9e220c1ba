package org.vipd.daemon.config.check.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.Account;

/** The files of the host that this program runs on. What may not be looked at is taken for good. */
final class LocalFiles implements FileView {

  /** More than any list of certificates. */
  private static final int LARGEST_BYTES = 4 * 1024 * 1024;

  private static final String PIPE = "a pipe";
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----";

  private final List<Path> searchPath;

  LocalFiles(List<Path> searchPath) {
    this.searchPath = List.copyOf(searchPath);
  }

  @Override
  public Optional<Fault> pipe(String name, Optional<Account> owner) {
    try {
      Path path = Path.of(name);
      Path folder = path.getParent();
      if (folder == null || Files.notExists(folder)) {
        return Optional.of(noFolder(folder == null ? path : folder));
      }
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        return Optional.of(new Fault(folder + " is no folder", "correct the path"));
      }
      return Files.notExists(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.empty()
          : present(path, owner);
    } catch (IOException | InvalidPathException e) {
      // it went away, or its name was refused when the file was read
      return Optional.empty();
    }
  }

  private static Fault noFolder(Path folder) {
    String right = PathHints.missing(folder).map(it -> it + "; ").orElse("");
    String gone =
        folder.startsWith("/run") || folder.startsWith("/var/run")
            ? "; what is under /run is gone after a restart of the machine (tmpfiles.d(5))"
            : "";
    return new Fault(
        "the folder " + folder + " does not exist",
        right + "correct the path, or run: mkdir -p " + folder + gone);
  }

  private static Optional<Fault> present(Path path, Optional<Account> owner) throws IOException {
    boolean isLink = Files.isSymbolicLink(path);
    Optional<String> kind = isLink ? Optional.of("a link") : FileKind.irregular(path);
    if (!kind.equals(Optional.of(PIPE))) {
      String found = kind.orElse("a file");
      return Optional.of(
          new Fault(path + " is " + found + ", no pipe", "remove it, or choose another path"));
    }
    Optional<UserIdentity> expected =
        owner.isEmpty() ? Optional.of(UserIdentity.ROOT) : owner.flatMap(UserIdentity::of);
    int uid = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return expected
        .filter(it -> it.uid() != uid)
        .map(
            it ->
                new Fault(
                    path + " belongs to user " + uid + ", not to " + it.name(), "run: rm " + path));
  }

  @Override
  public Optional<Fault> readable(String name, Content content) {
    try {
      Path path = Path.of(name);
      Optional<String> absence =
          Files.notExists(path) ? ProgramFile.absence(path) : Optional.empty();
      if (absence.isPresent()) {
        return Optional.of(new Fault(absence.get(), PathHints.missing(path).orElse("")));
      }
      Optional<String> kind = FileKind.irregular(path);
      if (kind.isPresent()) {
        return Optional.of(new Fault(path + " is " + kind.get() + ", no file", "correct the path"));
      }
      return lacking(path, content);
    } catch (AccessDeniedException e) {
      // root may read it
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of(new Fault(name + " cannot be read: " + e.getMessage(), ""));
    }
  }

  private static Optional<Fault> lacking(Path path, Content content) throws IOException {
    if (content == Content.ANY || !Files.isReadable(path)) {
      return Optional.empty();
    }
    String text;
    try (InputStream in = Files.newInputStream(path)) {
      text = new String(in.readNBytes(LARGEST_BYTES), StandardCharsets.ISO_8859_1);
    }
    if (!text.contains(CERTIFICATE)) {
      return Optional.of(
          new Fault(
              path + " has no certificate in PEM (BEGIN CERTIFICATE)",
              "convert one in DER: openssl x509 -inform der -in FILE"));
    }
    boolean isKeyMissing = content == Content.CERTIFICATE_AND_KEY && !text.contains(KEY);
    return isKeyMissing
        ? Optional.of(
            new Fault(
                path + " has no key as PKCS #8 (BEGIN PRIVATE KEY)",
                "add it to the file: openssl pkcs8 -topk8 -nocrypt -in KEY >> " + path))
        : Optional.empty();
  }

  @Override
  public Optional<String> weakness(String path) {
    return Files.exists(Path.of(path))
        ? new ScriptGuard().weakness(Path.of(path))
        : Optional.empty();
  }

  @Override
  public String programHint(String name) {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        return PathHints.programs(path).orElse("");
      }
      return PathHints.missing(path).or(() -> interpreter(path)).orElse("");
    } catch (InvalidPathException e) {
      return "";
    }
  }

  /** Where the interpreter is that a script looks for elsewhere, or one of a similar name. */
  private Optional<String> interpreter(Path script) {
    Optional<Path> wanted =
        ProgramFile.interpreter(script).map(it -> Path.of(it.strip())).filter(Files::notExists);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    return searchPath.stream()
        .map(folder -> folder.resolve(wanted.get().getFileName()))
        .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
        .findFirst()
        .map(it -> it + " is there: let the first line be #!" + it)
        .or(() -> PathHints.missing(wanted.get()).map(it -> "of the interpreter " + it));
  }
}
