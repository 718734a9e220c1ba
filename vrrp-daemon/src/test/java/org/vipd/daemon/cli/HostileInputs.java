package org.vipd.daemon.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A program that gives files to a command, one after the other, and prints for each a line of exit
 * status, milliseconds of processor time and what the command printed first.
 */
final class HostileInputs {

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int SHOWN = 400_000;
  private static final int UNUSABLE = 2;

  private HostileInputs() {}

  public static void main(String[] files) {
    PrintStream out = System.out;
    boolean isUnusable = false;
    for (String file : files) {
      for (String command : new String[] {"check", "run"}) {
        if (command.equals("run") && !isUnusable) {
          // never a daemon on the machine of the test
          continue;
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int exit = command.equals("check") ? check(file) : run(file);
        isUnusable = exit == UNUSABLE;
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        String text = printed.toString(StandardCharsets.UTF_8);
        text = text.substring(0, Math.min(SHOWN, text.length())).replace('\n', '\f');
        out.println(
            exit + "\t" + took / NANOS_PER_MILLI + "\t" + command + "\t" + file + "\t" + text);
      }
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static int check(String file) {
    return Main.execute("check", file);
  }

  private static int run(String file) {
    String directory = Path.of(file).resolveSibling("run").toString();
    return Main.execute("run", "-f", file, "--runtime-dir", directory);
  }
}
