package org.vipd.daemon.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Descriptors and threads that a daemon holds, by what they are. Threads that the Java machine
 * starts and ends by its own lights (compilers, collectors, the listener of jcmd) do not count.
 */
record Resources(List<String> descriptors, List<String> threads) {

  private static final List<String> OF_THE_MACHINE =
      List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ", "Attach Listener");

  static Resources of(VipdNode vipd) {
    Path process = Path.of("/proc", Long.toString(vipd.process().pid()));
    List<String> threads =
        entries(process.resolve("task"), task -> Files.readString(task.resolve("comm")).strip())
            .stream()
            .filter(name -> OF_THE_MACHINE.stream().noneMatch(name::startsWith))
            .toList();
    return new Resources(
        entries(process.resolve("fd"), link -> Files.readSymbolicLink(link).toString()), threads);
  }

  /**
   * Waits until a daemon holds no more than this: the answer to the last question may still be on
   * its way when somebody counts.
   */
  void awaitNoMoreIn(VipdNode vipd) {
    Await.until(
        "no more descriptors and threads than before",
        Await.GENEROUS,
        () -> isNoLessThan(of(vipd)),
        () -> "before: " + this + "\nnow: " + of(vipd) + "\n" + vipd.log());
  }

  private boolean isNoLessThan(Resources other) {
    return other.descriptors.size() <= descriptors.size() && other.threads.size() <= threads.size();
  }

  /** What may go while one looks is left out. */
  private static List<String> entries(Path directory, Reader reader) {
    try (Stream<Path> all = Files.list(directory)) {
      Function<Path, Stream<String>> each =
          entry -> {
            try {
              return Stream.of(reader.read(entry));
            } catch (NoSuchFileException e) {
              return Stream.empty();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      return all.flatMap(each).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one entry of a directory. */
  private interface Reader {

    String read(Path entry) throws IOException;
  }
}
