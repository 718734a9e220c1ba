package org.vipd.daemon.notify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.vipd.daemon.event.Notice;
import org.vipd.daemon.port.FileFailure;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.status.EventRecord;

/**
 * The last {@value #LIMIT} events, kept in a file of the runtime directory over restarts: one JSON
 * object per line. Whoever reports an event never waits for the file.
 */
public final class History implements Consumer<Notice>, Runnable {

  private static final int LIMIT = 1000;

  /** A host that is always late must not push out who became Active when, and why. */
  private static final int STALL_LIMIT = 100;

  private static final int WAITING_LIMIT = 4096;
  private static final long FILE_LIMIT = 16L << 20;
  private static final long POLL_MILLIS = 200;

  private final Path file;
  private final Journal journal;
  private final Consumer<String> followers;
  private final ArrayBlockingQueue<Notice> waiting = new ArrayBlockingQueue<>(WAITING_LIMIT);
  private final AtomicLong dropped = new AtomicLong();
  private final Deque<EventRecord> records = new ArrayDeque<>();
  private long lastNumber;
  private boolean isWritable = true;
  private boolean isWritten;
  private volatile boolean closed;

  /**
   * A history whose file is not read yet.
   *
   * @param followers take each event as a line of JSON, on the thread of the history
   */
  public History(Path file, Journal journal, Consumer<String> followers) {
    this.file = file;
    this.journal = journal;
    this.followers = followers;
  }

  @Override
  public void accept(Notice notice) {
    if (!waiting.offer(notice)) {
      dropped.incrementAndGet();
    }
  }

  /** The events from the oldest to the newest. */
  public List<EventRecord> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  @Override
  public void run() {
    read();
    try {
      while (!closed || !waiting.isEmpty()) {
        Notice first = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          takeAll(first);
          write();
        } else if (isRemoved()) {
          write();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRemoved() {
    return isWritten && !Files.exists(file) && Files.isDirectory(file.resolveSibling(""));
  }

  private void takeAll(Notice first) {
    List<Notice> notices = new ArrayList<>(List.of(first));
    waiting.drainTo(notices);
    for (Notice notice : notices) {
      EventRecord event = NoticeText.record(lastNumber + 1, notice);
      add(event);
      followers.accept(Json.GSON.toJson(event));
    }
    long missed = dropped.getAndSet(0);
    if (missed > 0) {
      journal.warn(missed + " events came too fast for the history and are missing in it");
    }
  }

  private void add(EventRecord event) {
    synchronized (records) {
      records.addLast(event);
      lastNumber = event.number();
      if (isStall(event) && records.stream().filter(History::isStall).count() > STALL_LIMIT) {
        records.remove(records.stream().filter(History::isStall).findFirst().orElseThrow());
      }
      if (records.size() > LIMIT) {
        records.removeFirst();
      }
    }
  }

  private static boolean isStall(EventRecord event) {
    return "stall".equals(event.kind());
  }

  /** Takes what an earlier process left; a line that makes no sense is left out, with a message. */
  void read() {
    try {
      if (!Files.exists(file)) {
        return;
      }
      if (Files.size(file) > FILE_LIMIT) {
        journal.warn(file + " is larger than any history and is not read; it will be overwritten");
        return;
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      long senseless = text.lines().filter(line -> !line.isBlank() && !readLine(line)).count();
      if (senseless > 0) {
        journal.warn(
            file + ": " + senseless + " lines of the history make no sense and are left out");
      }
    } catch (IOException e) {
      journal.warn(file + " cannot be read, the history starts anew: " + FileFailure.cause(e));
    }
  }

  private boolean readLine(String line) {
    try {
      EventRecord event = Json.GSON.fromJson(line, EventRecord.class);
      boolean isComplete =
          event != null
              && event.number() > lastNumber
              && event.name() != null
              && event.at() != null
              && event.causes() != null;
      if (isComplete) {
        add(event);
      }
      return isComplete;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private void write() {
    String text =
        records().stream().map(it -> Json.GSON.toJson(it) + "\n").collect(Collectors.joining());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      isWritable = true;
      isWritten = true;
    } catch (IOException e) {
      if (isWritable) {
        journal.warn(
            file
                + " cannot be written, the history will not survive a restart: "
                + FileFailure.cause(e));
      }
      isWritable = false;
    }
  }

  /** Lets the thread end after it has written what waits. */
  public void close() {
    closed = true;
  }

  /** Apart, so that the history's own thread makes it and not the one that starts the daemon. */
  private static final class Json {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  }
}
