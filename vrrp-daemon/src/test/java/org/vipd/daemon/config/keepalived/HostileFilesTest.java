package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** Files that would take all memory or never end are refused with a few problems. */
@Execution(ExecutionMode.CONCURRENT)
class HostileFilesTest {

  /** What is said of a file that is not read to its end would be about the missing end. */
  @Test
  void saysOnlyThatASequenceIsTooLong() {
    assertThat(
            Loading.problems(
                Loading.instance("virtual_ipaddress {", "~SEQ(n,1,100000000) 10.0.0.${n}", "}")))
        .singleElement()
        .asString()
        .isEqualTo(
            "k.conf:6:1: error: sequence makes more than 20000 lines; write an end nearer to the"
                + " start, or a larger step");
  }

  private static final int SIZE = KeepalivedReader.SIZE_LIMIT - 1000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}\n",
        "a b c d e f g h\n",
        "script 'a\n",
        "a \"\n",
        "a {\n",
        "}\n",
        "$A=${A} ${A}\na ${A} $A\n",
        "~SEQ(i,20000) ~SEQ(j,20000) a $i $j\n",
        "include /proc/self/cmdline\n",
        "vrrp_instance {\n}\n",
        "vrrp_instance A {\n virtual_router_id 300\n}\n"
      })
  void endsWithAFewProblems(String repeated) throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, repeated.repeat(SIZE / repeated.length()));
    LoadResult result = KeepalivedReader.read(file, SourceOptions.ofHost());
    assertThat(result.config()).isEmpty();
    assertThat(result.problems()).hasSizeBetween(1, 2001).anyMatch(ConfigProblem::isError);
  }

  /** Measured as time of the processor, so that a busy machine does not matter. */
  @Test
  void looksForSimilarWordsOnlyWhereTheyAreShown() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, "vrrp_instance A {\n" + "prioritty 1\n".repeat(150_000) + "}\n");
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    LoadResult result = KeepalivedReader.read(file, SourceOptions.ofHost());
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(8));
    assertThat(result.problems())
        .anyMatch(it -> it.hint().equals("did you mean priority?"))
        .last()
        .asString()
        .endsWith("more problems are not shown");
  }

  @Test
  void refusesAHugeFileWithoutReadingAllOfIt() throws IOException {
    Path file = folder.resolve("k.conf");
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(100L << 20);
      channel.write(ByteBuffer.wrap(new byte[] {'a'}));
    }
    List<ConfigProblem> problems = KeepalivedReader.read(file).problems();
    assertThat(problems).singleElement().asString().contains("is larger than 4 MiB");
  }

  @Test
  void refusesADefinitionThatNeverEnds() throws IOException {
    Path file = folder.resolve("k.conf");
    Files.writeString(file, "$A=\\\n" + "a \\\n".repeat(1_000_000));
    LoadResult result = KeepalivedReader.read(file, SourceOptions.ofHost());
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains(":2:1: error: definition of $A has more than 10000 lines");
  }
}
