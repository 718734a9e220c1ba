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
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory of a running daemon: a lock that ends with the process however it dies, and the
 * control socket. A file that is left over means nothing; only the lock counts.
 */
public final class RuntimeDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String SOCKET = "control.sock";
  private static final int PID_LIMIT = 20;

  /** sun_path of unix(7) without its closing zero byte. */
  private static final int SOCKET_PATH_LIMIT = 107;

  private final Path directory;
  private final FileChannel channel;

  private RuntimeDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
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
      return lock(directory);
    } catch (AccessDeniedException e) {
      throw new UnusableException(
          "runtime directory " + directory + ": permission denied on " + e.getFile());
    } catch (FileAlreadyExistsException e) {
      throw new UnusableException("runtime directory " + directory + " is not a directory");
    } catch (IOException e) {
      throw new UnusableException(
          "runtime directory " + directory + " cannot be used: " + e.getMessage());
    }
  }

  private static void create(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static RuntimeDirectory lock(Path directory) throws IOException, UnusableException {
    Path file = directory.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      String holder = holder(channel);
      channel.close();
      throw new UnusableException(
          "another vipd"
              + holder
              + " uses runtime directory "
              + directory
              + "; stop it, or give this one another --runtime-dir");
    }
    writePid(channel);
    return new RuntimeDirectory(directory, channel);
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
    return directory.resolve("ledger");
  }

  /** Where sequence numbers of signed packets are kept. */
  public Path sequenceFile() {
    return directory.resolve("sequences");
  }

  /** Where the control socket of a daemon with this runtime directory is. */
  public static Path controlSocket(Path directory) {
    return directory.resolve(SOCKET);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
