package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same configuration and the same results of scripts and files on Debian's keepalived and on
 * vipd: state and effective priority of every instance are the same after each step.
 *
 * <p>Each script waits at a pipe for its next result, so that both programs have seen exactly the
 * same ones whenever all scripts wait again.
 */
@Execution(ExecutionMode.CONCURRENT)
class WeightTableIT extends LabTest {

  /** What each script says, or what each file holds, step by step. */
  private record Row(
      String name, int priority, String tracker, String track, String more, List<Integer> steps) {

    boolean isFile() {
      return tracker.startsWith("file");
    }

    String text(int vrid, Path home) {
      String block =
          isFile()
              ? "track_file %s {\n file %s\n %s\n}\n"
                  .formatted(name, home.resolve(name), tracker.substring("file".length()))
              : "vrrp_script %s {\n script \"%s %s\"\n interval 1\n timeout 60\n %s\n}\n"
                  .formatted(name, home.resolve("gate"), home.resolve(name), tracker);
      return block
          + "vrrp_instance %s {\n interface eth0\n virtual_router_id %d\n version 3\n"
              .formatted(name, vrid)
          + " advert_int 0.1\n priority %d\n virtual_ipaddress {\n  10.66.1.%d\n }\n"
              .formatted(priority, vrid)
          + " %s {\n  %s %s\n }\n %s\n}\n"
              .formatted(isFile() ? "track_file" : "track_script", name, track, more);
    }
  }

  private static final List<Integer> MIXED = List.of(0, 1, 0, 1, 1, 0, 0, 1);
  private static final List<Integer> LONG = List.of(0, 1, 1, 1, 0, 0, 0, 1);
  private static final List<Integer> BAD_FIRST = List.of(1, 1, 0, 0, 1, 0, 1, 0);
  private static final List<Integer> NUMBERS = List.of(0, 5, -5, 100, 300, -300, -127, 1);

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int rise = 1; rise <= 3; rise++) {
      for (int fall = 1; fall <= 3; fall++) {
        String counts = "rise " + rise + "\n fall " + fall;
        rows.add(script("c" + rise + fall, 100, counts, "", LONG));
        rows.add(script("d" + rise + fall, 100, counts + "\n weight 10", "", BAD_FIRST));
      }
    }
    int number = 0;
    for (String weight : List.of("5", "-5", "253", "-253", "0")) {
      rows.add(script("w" + number, 100, "weight " + weight, "", MIXED));
      rows.add(script("r" + number, 100, "weight " + weight + " reverse", "", MIXED));
      rows.add(script("t" + number, 100, "weight 7", "weight " + weight, BAD_FIRST));
      rows.add(script("u" + number, 100, "", "weight " + weight + " reverse", MIXED));
      number++;
    }
    rows.add(script("low", 1, "weight -5", "", MIXED));
    rows.add(script("high", 254, "weight 5", "", MIXED));
    rows.add(script("top", 250, "weight 10", "", MIXED));
    rows.add(script("owner", 255, "", "", MIXED));
    int file = 0;
    for (String weight : List.of("", "weight 2", "weight -1", "weight 1 reverse", "weight -2")) {
      rows.add(file("f" + file, 100, weight, "", NUMBERS));
      rows.add(file("g" + file, 100, "", weight.isEmpty() ? "weight 3" : weight, NUMBERS));
      file++;
    }
    rows.add(file("zero", 100, "weight 0", "", NUMBERS));
    rows.add(file("lowfile", 2, "weight 1", "", NUMBERS));
    return rows;
  }

  private static Row script(String name, int priority, String lines, String track, List<Integer> steps) {
    return new Row(name, priority, lines, track, "", steps);
  }

  private static Row file(String name, int priority, String lines, String track, List<Integer> steps) {
    return new Row(name, priority, "file" + lines, track, "", steps);
  }

  private static Host prepared(Host host, List<Row> rows) {
    host.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "far0");
    host.run("ip", "link", "set", "far0", "up");
    host.run("ip", "link", "set", "eth0", "up");
    host.run("ip", "address", "add", "10.66.1.250/24", "dev", "eth0");
    host.script("gate", "#!/bin/sh\nread result < \"$1\"\nexit \"$result\"\n");
    for (Row row : rows) {
      if (!row.isFile()) {
        host.run("mkfifo", host.home().resolve(row.name()).toString());
      }
    }
    return host;
  }

  private static String configuration(Host host, List<Row> rows) {
    StringBuilder text = new StringBuilder("global_defs {\n script_user root\n}\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append(rows.get(i).text(i + 1, host.home()));
    }
    return text.toString();
  }

  /** Waits until every script of a host waits for a result, and holds its pipe open. */
  private static Map<Row, OutputStream> open(Host host, List<Row> rows) {
    Map<Row, OutputStream> pipes = new HashMap<>();
    try {
      for (Row row : rows) {
        if (!row.isFile()) {
          pipes.put(row, Files.newOutputStream(host.home().resolve(row.name())));
        }
      }
      return pipes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void step(Host host, List<Row> rows, Map<Row, OutputStream> pipes, int step) {
    try {
      for (Row row : rows) {
        byte[] text = (row.steps().get(step) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (row.isFile()) {
          Files.write(host.home().resolve(row.name()), text);
        } else {
          try (OutputStream pipe = pipes.get(row)) {
            pipe.write(text);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> of(VipdNode vipd) {
    Map<String, String> found = new TreeMap<>();
    for (JsonElement element : vipd.status().orElseThrow().getAsJsonArray("instances")) {
      JsonObject instance = element.getAsJsonObject();
      found.put(
          instance.get("name").getAsString(),
          instance.get("state").getAsString() + " " + instance.get("effectivePriority").getAsInt());
    }
    return found;
  }

  /** What keepalived dumps on SIGUSR1. */
  private static Map<String, String> of(KeepalivedNode keepalived, int instances) {
    Path dump = keepalived.host().home().resolve("keepalived.data");
    try {
      Files.deleteIfExists(dump);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keepalived.process().signal("USR1");
    Await.until(
        "keepalived dumps its data",
        () -> keepalived.host().read("keepalived.data").contains("VRRP Scripts"));
    Map<String, String> found = new TreeMap<>();
    String name = "";
    String state = "";
    for (String line : keepalived.host().read("keepalived.data").split("\n", -1)) {
      String text = line.strip();
      if (text.startsWith("VRRP Instance = ")) {
        name = text.substring("VRRP Instance = ".length());
      } else if (text.startsWith("State = ") && !name.isEmpty() && !found.containsKey(name)) {
        state = text.substring("State = ".length());
      } else if (text.startsWith("Effective priority = ")) {
        found.put(name, state + " " + text.substring("Effective priority = ".length()));
      }
    }
    assertThat(found).hasSize(instances);
    return found;
  }

  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void decidesAsKeepalivedDoes() {
    assumeTrue(KeepalivedNode.isInstalled(), "keepalived is not installed");
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(40);
    Host ours = prepared(lab().disconnectedHost("ours"), rows);
    Host theirs = prepared(lab().disconnectedHost("theirs"), rows);
    VipdNode vipd = VipdNode.start(ours, configuration(ours, rows));
    KeepalivedNode keepalived = KeepalivedNode.start(theirs, configuration(theirs, rows));
    List<String> differences = new ArrayList<>();
    Map<Row, OutputStream> here = open(ours, rows);
    Map<Row, OutputStream> there = open(theirs, rows);
    for (int step = 0; step < NUMBERS.size(); step++) {
      step(ours, rows, here, step);
      step(theirs, rows, there, step);
      // when the next runs wait for their results, the last ones have been looked at
      here = open(ours, rows);
      there = open(theirs, rows);
      compare(step, of(keepalived, rows.size()), of(vipd), differences);
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(
      int step, Map<String, String> theirs, Map<String, String> ours, List<String> differences) {
    theirs.forEach(
        (name, expected) -> {
          if (!expected.equals(ours.get(name))) {
            differences.add(
                "step "
                    + step
                    + ", "
                    + name
                    + ": keepalived "
                    + expected
                    + ", vipd "
                    + ours.get(name));
          }
        });
  }
}
