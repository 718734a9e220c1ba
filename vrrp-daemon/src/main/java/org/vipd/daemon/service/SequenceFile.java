package org.vipd.daemon.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.vipd.daemon.port.FileFailure;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.SequenceStore;

/**
 * Sequence numbers of signed packets in a file of the runtime directory, one line each: key, tab,
 * hexadecimal number. Written at most once a second on a thread of its own; because the file may
 * lag by that much, loading adds a margin.
 */
public final class SequenceFile implements SequenceStore, AutoCloseable {

  private static final long SIZE_LIMIT = 1 << 20;

  /** Never through a link that somebody put there. */
  private static final Set<OpenOption> ANEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final Journal journal;
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();
  private final AtomicBoolean started = new AtomicBoolean();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(SequenceFile::thread);

  private volatile boolean hasComplained;

  /** A store that reads the file when the first number is asked for. */
  public SequenceFile(Path file, Journal journal) {
    this.file = file;
    this.journal = journal;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "vipd-sequences");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public long load(String key, long margin) {
    if (started.compareAndSet(false, true)) {
      read();
      var unused = writer.scheduleWithFixedDelay(this::guardedWrite, 1, 1, TimeUnit.SECONDS);
    }
    return Optional.ofNullable(sequences.get(key)).map(last -> last + margin).orElse(0L);
  }

  @Override
  public void save(String key, long sequence) {
    sequences.put(key, sequence);
    changed.set(true);
  }

  private void read() {
    try {
      String objection = objection();
      if (!objection.isEmpty()) {
        unusable(objection);
        return;
      }
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int tab = line.indexOf('\t');
        sequences.put(line.substring(0, tab), Long.parseUnsignedLong(line.substring(tab + 1), 16));
      }
    } catch (NoSuchFileException e) {
      journal.debug("no sequence numbers of an earlier run in " + file);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      sequences.clear();
      unusable(e.getMessage());
    }
  }

  /** The loop reads it, so it must not be what makes a reader wait. */
  private String objection() throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "not a regular file";
    }
    return Files.size(file) > SIZE_LIMIT ? "more than " + SIZE_LIMIT + " bytes" : "";
  }

  private void unusable(String why) {
    journal.warn(
        file
            + " is not usable ("
            + why
            + "); sequence numbers start from the clock, so peers may refuse packets if it went"
            + " back");
  }

  /** An executor keeps what its work throws to itself; the thread must not end unnoticed. */
  private void guardedWrite() {
    try {
      write();
    } catch (RuntimeException | Error e) {
      changed.set(true);
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private void write() {
    if (!changed.getAndSet(false)) {
      return;
    }
    String text =
        sequences.entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + Long.toHexString(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      try (SeekableByteChannel channel = Files.newByteChannel(fresh, ANEW, PRIVATE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      hasComplained = false;
    } catch (IOException e) {
      changed.set(true);
      complain(e);
    }
  }

  /** Once for a trouble, which is met every second. */
  private void complain(IOException cause) {
    if (!hasComplained) {
      hasComplained = true;
      journal.warn(
          "sequence numbers of signed packets are not written to "
              + file
              + ": "
              + FileFailure.cause(cause)
              + "; tried again every second; without them peers may refuse the packets of the next"
              + " run if the clock goes back");
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    write();
  }
}
