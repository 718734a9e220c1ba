package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A running tcpdump that writes to a file, with the kernel's time of each packet in nanoseconds.
 */
public final class Capture implements AutoCloseable {

  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int NANO_MAGIC = 0xa1b23c4d;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Launched process;
  private final Path file;

  private Capture(Launched process, Path file) {
    this.process = process;
    this.file = file;
  }

  static Capture start(Lab lab, String device, String filter) {
    try {
      Path file = Files.createTempFile(lab.directory(), "capture-", ".pcap");
      Path log = file.resolveSibling(file.getFileName() + ".log");
      List<String> command = new ArrayList<>();
      command.addAll(List.of("ip", "netns", "exec", lab.network().name(), "tcpdump", "-Z", "root"));
      command.addAll(List.of("-i", device, "--time-stamp-precision=nano", "--immediate-mode"));
      // A slot of the ring is as large as the longest frame: short ones leave room for bursts.
      command.addAll(List.of("-U", "-s", "2000", "-B", "8192", "-w", file.toString(), filter));
      Launched process = lab.track(Launched.start(command, Map.of(), log, false));
      process.awaitOutput("listening on");
      return new Capture(process, file);
    } catch (IOException e) {
      throw new UncheckedIOException("capture on " + device, e);
    }
  }

  /** The file with the packets so far. */
  public Path file() {
    return file;
  }

  /** The packets so far, in the order of the wire. */
  public List<Frame> frames() {
    ByteBuffer buffer = content();
    List<Frame> frames = new ArrayList<>();
    if (buffer.remaining() < FILE_HEADER_BYTES) {
      return frames;
    }
    if (buffer.getInt(0) != NANO_MAGIC) {
      throw new IllegalStateException(file + " is no capture with nanoseconds");
    }
    buffer.position(FILE_HEADER_BYTES);
    while (buffer.remaining() >= RECORD_HEADER_BYTES) {
      long seconds = Integer.toUnsignedLong(buffer.getInt());
      long nanos = Integer.toUnsignedLong(buffer.getInt());
      int length = buffer.getInt();
      buffer.getInt();
      if (length > buffer.remaining()) {
        break;
      }
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      frames.add(new Frame(seconds * NANOS_PER_SECOND + nanos, bytes));
    }
    return frames;
  }

  private ByteBuffer content() {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }

  /** The first packet of a kind so far. */
  public Optional<Frame> first(Predicate<Frame> kind) {
    return frames().stream().filter(kind).findFirst();
  }

  /** How many packets of a kind there are so far. */
  public long count(Predicate<Frame> kind) {
    return frames().stream().filter(kind).count();
  }

  /** Ends the capture; the file is complete then. */
  public void stop() {
    if (process.isAlive()) {
      process.signal("INT");
      process.awaitExit();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
