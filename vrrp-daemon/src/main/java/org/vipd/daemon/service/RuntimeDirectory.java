package org.vipd.daemon.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.vipd.daemon.port.FileFailure;

/**
 * The directory of a running daemon: a lock that ends with the process however it dies, and the
 * control socket. A file that is left over means nothing; only the lock counts.
 */
public final class RuntimeDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String SOCKET = "control.sock";
  private static final String PROGRAM = "vipd";
  private static final Path USUAL = Path.of("/run/vipd");
  private static final long POLL_MILLIS = 10;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int PID_LIMIT = 20;
  private static final int ROOT = 0;
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /** sun_path of unix(7) without its closing zero byte. */
  private static final int SOCKET_PATH_LIMIT = 107;

  private final Path directory;
  private FileChannel channel;
  private Object lockKey;

  private RuntimeDirectory(Path directory, FileChannel channel) throws IOException {
    this.directory = directory;
    this.channel = channel;
    this.lockKey = lockKey();
  }

  private Object lockKey() throws IOException {
    return Files.readAttributes(
            directory.resolve(LOCK), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Why the directory cannot be used, in words for the operator. */
  public static final class UnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /** Creates the directory when it is missing and takes its lock. */
  public static RuntimeDirectory open(Path directory) throws UnusableException {
    return open(directory, Duration.ZERO);
  }

  /**
   * Creates the directory when it is missing and takes its lock.
   *
   * @param patience how long to wait for a holder that is about to end
   */
  public static RuntimeDirectory open(Path directory, Duration patience) throws UnusableException {
    int length = controlSocket(directory).toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > SOCKET_PATH_LIMIT) {
      throw new UnusableException(
          "runtime directory "
              + directory
              + " is too long: with the name of the control socket "
              + length
              + " bytes, and the kernel takes "
              + SOCKET_PATH_LIMIT
              + "; choose a shorter --runtime-dir");
    }
    try {
      create(directory);
      checkSafety(directory);
      return lock(directory, patience);
    } catch (AccessDeniedException e) {
      throw new UnusableException(denied(directory, e.getFile()));
    } catch (FileAlreadyExistsException e) {
      throw new UnusableException("runtime directory " + directory + " is not a directory");
    } catch (IOException e) {
      throw new UnusableException(
          "runtime directory "
              + directory
              + " cannot be used: "
              + FileFailure.cause(e)
              + "; it has to be on a file system that can be written, such as /run: choose another"
              + " --runtime-dir");
    }
  }

  /**
   * Makes directory and lock anew when somebody has removed them, so that no second daemon takes
   * the place of this one; nothing happens when the lock is there.
   */
  public synchronized void restore() throws UnusableException {
    if (holdsLock()) {
      return;
    }
    RuntimeDirectory again = open(directory);
    FileChannel lost = channel;
    channel = again.channel;
    lockKey = again.lockKey;
    try {
      lost.close();
    } catch (IOException e) {
      // a file that nobody can reach any more
    }
  }

  private boolean holdsLock() {
    try {
      return lockKey().equals(lockKey);
    } catch (IOException e) {
      return false;
    }
  }

  /** What another user's daemon has there must not be given to this one's. */
  private static String denied(Path directory, String file) {
    String user = attribute(Path.of("/proc/self"), System.getProperty("user.name"));
    String owner = attribute(directory, "");
    return "runtime directory "
        + directory
        + " cannot be used: permission denied on "
        + file
        + "; this is user "
        + user
        + (owner.isEmpty()
            ? ", whom the directory has to belong to, with mode 0755: as root, 'mkdir -p "
                + directory
                + " && chown "
                + user
                + " "
                + directory
                + "', or run vipd as root, or choose another --runtime-dir"
            : ", and the directory belongs to user "
                + owner
                + ": run vipd as that one, or choose another --runtime-dir");
  }

  private static String attribute(Path path, String otherwise) {
    try {
      return Files.getAttribute(path, "unix:uid").toString();
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static void create(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Whoever may write into the directory could put links or another socket in place of ours. */
  private static void checkSafety(Path directory) throws IOException, UnusableException {
    String unsafe = unsafe(directory);
    if (Files.isSymbolicLink(directory)) {
      unsafe = unsafe.isEmpty() ? foreignOwner(directory, LinkOption.NOFOLLOW_LINKS) : unsafe;
    }
    if (!unsafe.isEmpty()) {
      throw new UnusableException(
          "runtime directory "
              + directory
              + " is not safe: it "
              + unsafe
              + "; give it to the daemon's user with mode 0755, or choose another --runtime-dir");
    }
  }

  private static String unsafe(Path directory) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    boolean writable =
        permissions.contains(PosixFilePermission.GROUP_WRITE)
            || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    return writable
        ? "may be written by others (mode " + PosixFilePermissions.toString(permissions) + ")"
        : foreignOwner(directory);
  }

  private static String foreignOwner(Path path, LinkOption... options) throws IOException {
    int owner = (Integer) Files.getAttribute(path, "unix:uid", options);
    int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    return owner == ROOT || owner == own ? "" : "belongs to user " + owner;
  }

  private static RuntimeDirectory lock(Path directory, Duration patience)
      throws IOException, UnusableException {
    Path file = directory.resolve(LOCK);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnusableException(
          "runtime directory "
              + directory
              + " cannot be used: "
              + file
              + " is not a regular file, and not vipd's: delete it, or choose another"
              + " --runtime-dir");
    }
    FileChannel channel = openLock(file);
    if (!isLocked(channel, patience)) {
      String holder = holder(channel);
      channel.close();
      throw new UnusableException(
          "another vipd"
              + holder
              + " uses runtime directory "
              + directory
              + (patience.isZero() ? "" : ", also after " + patience.toMillis() + " ms")
              + "; stop it, or give this one another --runtime-dir");
    }
    writePid(channel);
    return new RuntimeDirectory(directory, channel);
  }

  /**
   * Not longer than its patience: who waits for ever starts one day, with what it read long ago.
   */
  private static boolean isLocked(FileChannel channel, Duration patience) throws IOException {
    long attempts = patience.toMillis() / POLL_MILLIS;
    boolean isLocked = tryLock(channel);
    while (!isLocked && attempts > 0) {
      LockSupport.parkNanos(POLL_MILLIS * NANOS_PER_MILLI);
      attempts--;
      isLocked = tryLock(channel);
    }
    return isLocked;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Mode 0600: who may open it could hold the lock, and with it keep the daemon from starting. */
  private static FileChannel openLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PRIVATE));
    if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)) {
      // left by an earlier version
      Files.setPosixFilePermissions(file, PRIVATE);
    }
    return channel;
  }

  /** For the message of a second daemon only: the lock holds without it, also on a full disk. */
  private static void writePid(FileChannel channel) {
    String pid = ProcessHandle.current().pid() + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      // then a second daemon is refused without naming this one
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(PID_LIMIT);
    channel.read(buffer, 0);
    String pid =
        new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]+") ? " (pid " + pid + ")" : "";
  }

  /** Where the control socket is. */
  public Path controlSocket() {
    return controlSocket(directory);
  }

  /** Where it is recorded what this daemon put into the kernel. */
  public Path ledgerFile() {
    return ledgerFile(directory);
  }

  /** Where a daemon with this runtime directory records what it put into the kernel. */
  public static Path ledgerFile(Path directory) {
    return directory.resolve("ledger");
  }

  /** Where sequence numbers of signed packets are kept. */
  public Path sequenceFile() {
    return directory.resolve("sequences");
  }

  /** Where the last events are kept. */
  public Path historyFile() {
    return directory.resolve("history");
  }

  /** Where the control socket of a daemon with this runtime directory is. */
  public static Path controlSocket(Path directory) {
    return directory.resolve(SOCKET);
  }

  /**
   * A name for the daemon's table in the packet filter: two daemons on a host differ in their
   * runtime directory.
   */
  public static String filterTable(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    if (path.equals(USUAL)) {
      return PROGRAM;
    }
    CRC32 sum = new CRC32();
    sum.update(path.toString().getBytes(StandardCharsets.UTF_8));
    return PROGRAM + "_" + HexFormat.of().toHexDigits(sum.getValue(), 8);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
