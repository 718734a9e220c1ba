package org.vipd.daemon.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs of a host that a test lets run a number of times.
 *
 * <p>keepalived looks at a process for each event of it, and counts it twice when it hears of two
 * only after the last: so every process is there as a waiting shell before keepalived starts, and
 * becomes the program by a single exec.
 */
final class RunningPrograms implements Closeable {

  private static final String PROGRAM = "/bin/sleep";
  private static final String LONG = "3600";
  private static final String WAITING = ": > \"$1\"; : < \"$0\"; exec \"$2\" " + LONG;

  private final Host host;
  private final Map<String, Deque<Waiting>> waiting = new HashMap<>();
  private final Map<String, Deque<Launched>> running = new HashMap<>();
  private final List<Closeable> gates = new ArrayList<>();

  /** A shell that becomes the program when its gate, a pipe, is opened. */
  private record Waiting(Path gate, Path ready, Launched process) {}

  RunningPrograms(Host host) {
    this.host = host;
  }

  /**
   * A name for a program that no other host's program has: the processes of all are seen by all.
   */
  static String name(Path home, String name) {
    return Integer.toUnsignedString(home.hashCode(), Character.MAX_RADIX) + name;
  }

  /**
   * Makes all processes ready that one program will need.
   *
   * @param counts how many are to run, step by step
   */
  void prepare(String name, List<Integer> counts) {
    Path program = host.home().resolve(name(host.home(), name));
    host.run("cp", PROGRAM, program.toString());
    Deque<Waiting> ready = new ArrayDeque<>();
    int before = 0;
    for (int count : counts) {
      for (int i = before; i < count; i++) {
        ready.add(waiting(name + "." + ready.size(), program));
      }
      before = count;
    }
    waiting.put(name, ready);
    running.put(name, new ArrayDeque<>());
  }

  private Waiting waiting(String name, Path program) {
    Path gate = host.home().resolve(name + ".gate");
    Path ready = host.home().resolve(name + ".ready");
    host.run("mkfifo", gate.toString());
    List<String> command =
        List.of("/bin/sh", "-c", WAITING, gate.toString(), ready.toString(), program.toString());
    return new Waiting(gate, ready, host.start(name, command, Map.of()));
  }

  /** Waits until all that were prepared wait for their gate. */
  void awaitPrepared() {
    waiting.values().stream()
        .flatMap(Deque::stream)
        .forEach(
            it ->
                Await.until(
                    it.ready() + " exists",
                    Await.GENEROUS,
                    () -> Files.exists(it.ready()),
                    it.process()::output));
  }

  /** Lets processes begin or kills them until so many of a program run. */
  void set(String name, int count) {
    Deque<Launched> processes = running.get(name);
    while (processes.size() < count) {
      Waiting next = waiting.get(name).remove();
      try {
        // for reading, too: so it opens while nobody waits yet
        gates.add(new RandomAccessFile(next.gate().toFile(), "rw"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      processes.push(next.process());
    }
    while (processes.size() > count) {
      Launched process = processes.pop();
      process.signal("KILL");
      process.awaitExit();
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable gate : gates) {
      gate.close();
    }
  }
}
