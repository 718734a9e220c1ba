package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What members of a sync group and the group write into a pipe, from the start to the stop: the
 * same lines from Debian's keepalived and from vipd, with the same configuration and the same
 * events.
 */
@Execution(ExecutionMode.CONCURRENT)
class GroupLinesIT extends LabTest {

  /** Behind the two members. */
  private static final int LAST = 2;

  private record Writer(Host host, Launched reader) {

    List<String> lines() {
      return reader.output().lines().toList();
    }

    /** Waits until the group has told a state a number of times. */
    void awaitGroup(String state, int times) {
      String line = "GROUP \"GATEWAY\" " + state;
      Await.until(
          host.namespace().name() + " writes " + line + ", number " + times,
          Await.GENEROUS,
          () -> lines().stream().filter(it -> it.startsWith(line)).count() >= times,
          () -> lines() + "\n" + host.read("vipd.log") + host.read("keepalived.log"));
    }
  }

  private static String instance(String name, int vrid) {
    return "vrrp_instance %s {\n interface eth0\n virtual_router_id %d\n priority 100\n advert_int 2\n"
            .formatted(name, vrid)
        + " virtual_ipaddress {\n  10.66.1.%d\n }\n}\n".formatted(vrid);
  }

  private static String configuration(Path pipe, Path file) {
    return "global_defs {\n script_user root\n notify_fifo %s\n}\n".formatted(pipe)
        + "track_file hint {\n file %s\n}\n".formatted(file)
        + "vrrp_sync_group GATEWAY {\n group {\n  inside\n  outside\n }\n"
        + " track_file {\n  hint weight 0\n }\n}\n"
        + instance("inside", 51)
        + instance("outside", 52);
  }

  /** A host by itself, with a pipe that is read. */
  private static Writer writer(Host host) {
    host.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "far0");
    host.run("ip", "link", "set", "far0", "up");
    host.run("ip", "link", "set", "eth0", "up");
    host.run("ip", "address", "add", "10.66.0.1/24", "dev", "eth0");
    Path pipe = host.home().resolve("vip.fifo");
    host.run("mkfifo", "-m", "600", pipe.toString());
    host.file("hint", "0\n");
    // open for writing, too, so that it does not end with the first writer
    Launched reader = host.start("reader", List.of("sh", "-c", "exec cat 0<>" + pipe), Map.of());
    return new Writer(host, reader);
  }

  private static String text(Writer writer) {
    return configuration(
        writer.host().home().resolve("vip.fifo"), writer.host().home().resolve("hint"));
  }

  /** The same events for either; waits after each until the group has told what came of it. */
  private static void live(Writer writer) {
    writer.awaitGroup("MASTER", 1);
    writer.host().file("hint", "1\n");
    writer.awaitGroup("FAULT", 1);
    writer.host().file("hint", "0\n");
    writer.awaitGroup("MASTER", 2);
    writer.host().run("ip", "link", "set", "far0", "down");
    writer.awaitGroup("FAULT", 2);
    writer.host().run("ip", "link", "set", "far0", "up");
    writer.awaitGroup("MASTER", 3);
  }

  @Test
  void membersAndGroupWriteWhatKeepalivedWrites() {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    Writer ours = writer(lab().disconnectedHost("ours"));
    Writer theirs = writer(lab().disconnectedHost("theirs"));
    VipdNode vipd = VipdNode.start(ours.host(), text(ours));
    KeepalivedNode keepalived = KeepalivedNode.start(theirs.host(), text(theirs));
    live(theirs);
    live(ours);
    keepalived.stop();
    theirs.awaitGroup("STOP", 1);
    assertThat(vipd.stop()).isZero();
    ours.awaitGroup("STOP", 1);
    assertThat(bySubject(ours)).isEqualTo(bySubject(theirs));
    assertThat(byTransition(ours)).isEqualTo(byTransition(theirs));
    assertThat(placesOfGroup(ours)).containsOnly(LAST);
    // keepalived tells of the group first when it starts, and last ever after
    assertThat(placesOfGroup(theirs)).startsWith(0).endsWith(LAST, LAST).containsOnly(0, LAST);
    assertThat(placesOfGroup(theirs)).filteredOn(it -> it == 0).hasSize(1);
  }

  /** What each member and the group told, in order. */
  private static Map<String, List<String>> bySubject(Writer writer) {
    return writer.lines().stream().collect(Collectors.groupingBy(it -> it.split(" ", 3)[1]));
  }

  /** What belongs to one transition of the group; which member is first is chance. */
  private static List<Set<String>> byTransition(Writer writer) {
    return parts(writer).stream().map(it -> (Set<String>) new TreeSet<>(it)).toList();
  }

  private static List<Integer> placesOfGroup(Writer writer) {
    return parts(writer).stream()
        .map(part -> IntStream.range(0, part.size()).filter(i -> part.get(i).startsWith("GROUP")))
        .map(it -> it.findFirst().orElseThrow())
        .toList();
  }

  private static List<List<String>> parts(Writer writer) {
    List<String> lines = writer.lines();
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += LAST + 1) {
      parts.add(lines.subList(i, Math.min(lines.size(), i + LAST + 1)));
    }
    return parts;
  }
}
