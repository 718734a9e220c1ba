package org.vipd.daemon.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.SequenceStore;

/**
 * Sequence numbers of signed packets in a file of the runtime directory, one line each: key, tab,
 * hexadecimal number. Written at most once a second on a thread of its own; because the file may
 * lag by that much, loading adds a margin.
 */
public final class SequenceFile implements SequenceStore, AutoCloseable {

  private final Path file;
  private final Journal journal;
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();
  private final AtomicBoolean started = new AtomicBoolean();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(SequenceFile::thread);

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
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int tab = line.indexOf('\t');
        sequences.put(line.substring(0, tab), Long.parseUnsignedLong(line.substring(tab + 1), 16));
      }
    } catch (NoSuchFileException e) {
      journal.debug("no sequence numbers of an earlier run in " + file);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      sequences.clear();
      journal.warn(
          file
              + " is not usable ("
              + e.getMessage()
              + "); sequence numbers start from the clock, so peers may refuse packets if it went back");
    }
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
      Files.writeString(fresh, text);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      changed.set(true);
      journal.debug("sequence numbers not written to " + file + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    write();
  }
}
