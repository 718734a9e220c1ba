package org.vipd.daemon.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the kernel knows of why a thread woke up late: how long it waited for a processor, how long
 * a hypervisor ran others, how long the Java virtual machine worked while its threads stood still,
 * and how long programs waited for memory. All are sums that only grow, so they are noted now and
 * then, without garbage, and compared after a delay. Used by one thread, the one that is meant.
 */
final class DelayEvidence {

  /** So often the sums are noted; what happened before a delay in this time counts as well. */
  private static final long NOTE_NANOS = 5_000_000_000L;

  /** Less than this share of a delay does not explain it: some of it is older. */
  private static final int SHARE = 2;

  private static final long NANOS_PER_TICK = 10_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final String VM_THREAD = "VM Thread";
  private static final int STEAL = 7;
  private static final Pattern PROCESSOR = Pattern.compile("cpu[0-9]");
  private static final String UNEXPLAINED =
      "no load explains it: the process was stopped, or the machine was";

  private final Path proc;
  private final byte[] buffer = new byte[256];
  private final List<Sum> sums = new ArrayList<>();
  private boolean isOpen;
  private long notedNanos;

  /**
   * Notes nothing yet.
   *
   * @param proc where the proc file system is
   */
  DelayEvidence(Path proc) {
    this.proc = proc;
  }

  /**
   * Where in a file a number is.
   *
   * @param prefix what stands before the fields
   * @param field its number among them, from 0
   * @param unitNanos of what it counts
   */
  private record Spot(String prefix, int field, long unitNanos) {}

  /** One sum of the kernel's: where it is read, and what to say of its growth. */
  private final class Sum {
    private final RandomAccessFile file;
    private final Spot spot;
    private final String words;
    private long noted;

    Sum(RandomAccessFile file, Spot spot, String words) {
      this.file = file;
      this.spot = spot;
      this.words = words;
    }

    long nanos() {
      try {
        file.seek(0);
        int length = Math.max(0, file.read(buffer));
        return number(length) * spot.unitNanos();
      } catch (IOException e) {
        // the thread has ended, or the kernel does not count: no evidence
        return noted;
      }
    }

    private long number(int length) {
      int i = start(length);
      for (int skip = spot.field(); skip > 0 && i < length; i++) {
        skip -= buffer[i] == ' ' ? 1 : 0;
      }
      long number = 0;
      for (; i < length && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
        number = number * 10 + buffer[i] - '0';
      }
      return number;
    }

    private int start(int length) {
      String prefix = spot.prefix();
      for (int i = 0; i + prefix.length() <= length; i++) {
        int same = 0;
        while (same < prefix.length() && buffer[i + same] == prefix.charAt(same)) {
          same++;
        }
        if (same == prefix.length()) {
          return i + same;
        }
      }
      return length;
    }
  }

  /** Notes the sums for the first time, or when that was some seconds ago. */
  void note(long nowNanos) {
    if (isOpen && nowNanos - notedNanos < NOTE_NANOS) {
      return;
    }
    if (!isOpen) {
      isOpen = true;
      open();
    }
    notedNanos = nowNanos;
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).noted = sums.get(i).nanos();
    }
  }

  private void open() {
    add("thread-self/schedstat", new Spot("", 1, 1), "it waited %s for a processor");
    add(
        "stat",
        new Spot("cpu  ", STEAL, NANOS_PER_TICK / processors()),
        "the hypervisor ran others for %s");
    Optional<String> machine = virtualMachine();
    if (machine.isPresent()) {
      String file = "self/task/" + machine.get() + "/schedstat";
      add(file, new Spot("", 0, 1), "garbage collection took %s");
    }
    Spot total = new Spot("total=", 0, NANOS_PER_MICRO);
    add("pressure/memory", total, "programs of this host waited %s for memory");
  }

  /** Over so many the kernel sums what it counts in ticks: the host's, not those of a container. */
  private int processors() {
    try (Stream<String> lines = Files.lines(proc.resolve("stat"), StandardCharsets.ISO_8859_1)) {
      long count = lines.filter(it -> PROCESSOR.matcher(it).lookingAt()).count();
      return Math.max(1, Math.toIntExact(count));
    } catch (IOException e) {
      return 1;
    }
  }

  private void add(String name, Spot spot, String words) {
    try {
      RandomAccessFile file = new RandomAccessFile(proc.resolve(name).toFile(), "r");
      sums.add(new Sum(file, spot, words));
    } catch (IOException e) {
      // this kernel was built without it: no evidence of this kind
    }
  }

  /** The thread that collects garbage with the serial collector. */
  private Optional<String> virtualMachine() {
    try (Stream<Path> threads = Files.list(proc.resolve("self/task"))) {
      return threads
          .filter(it -> VM_THREAD.equals(nameOf(it)))
          .map(it -> it.getFileName().toString())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // it ended while the list was made
      return "";
    }
  }

  /** What explains a delay that has just ended, in words; empty when nothing was noted before. */
  String of(long lateNanos) {
    if (sums.isEmpty()) {
      return "";
    }
    List<String> causes = new ArrayList<>();
    for (Sum sum : sums) {
      long grown = sum.nanos() - sum.noted;
      if (grown >= lateNanos / SHARE) {
        String seconds = String.format(Locale.ROOT, "%.2f s", Math.min(grown, lateNanos) / 1e9);
        causes.add(String.format(Locale.ROOT, sum.words, seconds));
      }
    }
    return causes.isEmpty() ? UNEXPLAINED : String.join(", ", causes);
  }

  void close() {
    for (Sum sum : sums) {
      try {
        sum.file.close();
      } catch (IOException e) {
        // read only: nothing is lost
      }
    }
    sums.clear();
  }
}
