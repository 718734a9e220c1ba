package org.vipd.daemon.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Configurations in both languages that would take all memory, never end, or make no sense. None of
 * them can be used; reading one ends soon and says where it is wrong.
 */
public final class HostileFiles {

  private static final int MANY = 100_000;
  private static final long HUGE = 100L << 20;

  private final Path folder;
  private final Map<String, Path> files = new LinkedHashMap<>();

  private HostileFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes them all into a folder; the files by what is wrong with them. */
  public static Map<String, Path> in(Path folder) {
    HostileFiles hostile = new HostileFiles(folder);
    try {
      hostile.keepalived();
      hostile.yaml();
      hostile.either("conf", "vrrp_instance VI_1 {\n");
      hostile.either("yaml", "vips:\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hostile.files;
  }

  private Path add(String what, String ending, String text) throws IOException {
    Path file = folder.resolve("case" + files.size() + "." + ending);
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    files.put(ending + ": " + what, file);
    return file;
  }

  private void keepalived() throws IOException {
    add("missing parameter", "conf", instance("virtual_router_id"));
    add("unterminated quote", "conf", instance("notify \"/bin/true"));
    add("unterminated block", "conf", "vrrp_instance VI_1 {\n interface eth0\n");
    add("blocks inside blocks", "conf", "a {\n".repeat(MANY));
    add("closing braces", "conf", instance("") + "}\n".repeat(MANY) + "vrrp_instance {\n");
    add("definition of itself", "conf", "$A=$A x\n$A\n" + "vrrp_instance {");
    add("definitions that double", "conf", doubling() + "a $X40\n");
    add("sequences of sequences", "conf", "~SEQ(i,20000) ~SEQ(j,20000) a $i $j\n");
    add("endless line", "conf", "a ".repeat(1 << 20));
    add("wrong types", "conf", instance("priority many\n version x\n advert_int -1"));
    Path loop = folder.resolve("loop.inc");
    Files.writeString(loop, "include " + loop + "\n");
    add("include loop", "conf", "include " + loop + "\n");
  }

  private static String doubling() {
    StringBuilder text = new StringBuilder("$X0=xxxxxxxx\n");
    for (int i = 1; i <= 40; i++) {
      text.append("$X").append(i).append("=$X").append(i - 1).append(" $X").append(i - 1);
      text.append('\n');
    }
    return text.toString();
  }

  private static String instance(String line) {
    return "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 7\n "
        + line
        + "\n virtual_ipaddress { 10.0.0.100 }\n}\n";
  }

  private void yaml() throws IOException {
    add("anchors that double", "yaml", bomb());
    add("anchor", "yaml", "vips: &a {}\n");
    add("alias", "yaml", "vips: *a\n");
    add("merge key", "yaml", vip("<<: {vrid: 8}"));
    add("tag", "yaml", "vips: !!java.io.File [x]\n");
    add("script engine", "yaml", "!!javax.script.ScriptEngineManager [!!java.net.URL [\"x\"]]\n");
    add("lists inside lists", "yaml", "vips: " + "[".repeat(MANY) + "\n");
    add("keys inside keys", "yaml", "vips: " + "{a: ".repeat(MANY) + "\n");
    add("indented keys", "yaml", indented());
    add("dashes inside dashes", "yaml", "nodes:\n" + "- ".repeat(MANY) + "\n");
    add("keys without end", "yaml", "? ".repeat(MANY) + "\n");
    add("the same key twice", "yaml", "vips: {}\nvips: {}\n");
    add("the same key deep down", "yaml", vip("vrid: 8"));
    add("wrong types", "yaml", "vips: [1]\nchecks: text\nnodes: {a: b}\n");
    add("a list for a number", "yaml", vip("priority: [1, {a: b}]"));
    add("keys that are lists", "yaml", "vips:\n  [a, b]: {vrid: 7}\n");
    add("tab", "yaml", "vips:\n\tapi: {vrid: 7}\n");
    add("unterminated quote", "yaml", "vips: {api: \"\n");
    add("unterminated list", "yaml", "vips: {api: {addresses: [10.0.0.1\n");
    add("two documents", "yaml", "vips: {}\n---\nvips: {}\n");
    add("a text", "yaml", "--- just a text\n");
    add("many keys", "yaml", "vips:\n" + manyKeys());
    add("one long key", "yaml", "vips: {" + "k".repeat(3 << 20) + ": 1}\n");
    add("escapes of nothing", "yaml", "vips: {\"\\ud800\\x00\": 1}\n");
    add("a control character", "yaml", "vips: {api\u0007: 1}\n");
    add("invalid UTF-8", "yaml", "vips: {\u00c3(: \u00ff}\n");
    add("a directive", "yaml", "%YAML 9.9\n---\nvips: {}\n");
    Path one = folder.resolve("one.inc");
    Path two = folder.resolve("two.inc");
    Files.writeString(one, "include: [" + two + "]\n");
    Files.writeString(two, "include: [" + one + "]\n");
    add("include loop", "yaml", "include: [" + one + "]\n");
  }

  private static String vip(String more) {
    return "vips:\n  api: {vrid: 7, interface: eth0, addresses: [10.0.0.100/24], " + more + "}\n";
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      text.append('a').append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ", ").repeat(8)).append("*a").append(i - 1).append("]\n");
    }
    return text.toString();
  }

  private static String indented() {
    StringBuilder text = new StringBuilder("vips:\n");
    for (int i = 1; i < 2000; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  private static String manyKeys() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150_000; i++) {
      text.append("  k").append(i).append(": {}\n");
    }
    return text.toString();
  }

  /** What may happen to a file of either language. */
  private void either(String ending, String start) throws IOException {
    add("zero byte", ending, start + "\0");
    Path huge = add("100 MB", ending, start);
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(HUGE);
    }
    add("missing include", ending, include(ending, folder.resolve("missing.inc")));
    add("directory as include", ending, include(ending, folder));
    add("device as include", ending, include(ending, Path.of("/dev/zero")));
    Path pipe = folder.resolve(ending + ".pipe." + ending);
    run("mkfifo", pipe.toString());
    add("pipe as include", ending, include(ending, pipe));
    files.put(ending + ": pipe", pipe);
    Path directory = Files.createDirectory(folder.resolve("directory." + ending));
    files.put(ending + ": directory", directory);
    Path device = Files.createSymbolicLink(folder.resolve("zero." + ending), Path.of("/dev/zero"));
    files.put(ending + ": device", device);
    files.put(ending + ": nothing there", folder.resolve("nothing." + ending));
  }

  private static String include(String ending, Path file) {
    return ending.equals("yaml") ? "include: [" + file + "]\n" : "includem " + file + "\n";
  }

  private static void run(String... command) throws IOException {
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException(String.join(" ", command));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
