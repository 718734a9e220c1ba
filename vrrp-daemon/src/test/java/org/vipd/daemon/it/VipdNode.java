package org.vipd.daemon.it;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** vipd on a host. */
public final class VipdNode {

  private final Host host;
  private final Path configuration;
  private final Path runtimeDirectory;
  private Launched process;

  private VipdNode(Host host, Path configuration, Path runtimeDirectory, Launched process) {
    this.host = host;
    this.configuration = configuration;
    this.runtimeDirectory = runtimeDirectory;
    this.process = process;
  }

  /** Starts the daemon with a configuration. */
  public static VipdNode start(Host host, String configuration) {
    return start(host, "keepalived.conf", configuration);
  }

  /** Starts the daemon with a configuration in a file of that name. */
  static VipdNode start(Host host, String name, String configuration) {
    return startWith(Map.of(), host, name, configuration);
  }

  /** Starts the daemon with more in the environment of its first life. */
  static VipdNode startWith(
      Map<String, String> more, Host host, String name, String configuration) {
    Path file = host.file(name, configuration);
    Path directory = host.home().resolve("run");
    Map<String, String> environment = new HashMap<>(Distribution.environment());
    environment.putAll(more);
    Launched process = host.start("vipd", run(file, directory), environment);
    return new VipdNode(host, file, directory, process);
  }

  /**
   * Starts the daemon with its log in a file of its choice, which {@link #log} does not tell of.
   */
  static VipdNode startLoggingTo(String log, Host host, String name, String configuration) {
    Path file = host.file(name, configuration);
    Path directory = host.home().resolve("run");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "log=$1; shift; exec \"$@\" 2>> \"$log\"", "sh", log));
    command.addAll(run(file, directory));
    Launched process = host.start("vipd", command, Distribution.environment());
    return new VipdNode(host, file, directory, process);
  }

  private static List<String> run(Path file, Path directory) {
    return List.of(
        Distribution.launcher(),
        "run",
        "-f",
        file.toString(),
        "--runtime-dir",
        directory.toString());
  }

  /** Starts the daemon as {@code nohup} would. */
  static VipdNode startIgnoringHangup(Host host, String configuration) {
    Path file = host.file("keepalived.conf", configuration);
    Path directory = host.home().resolve("run");
    List<String> command = new ArrayList<>(List.of("env", "--ignore-signal=HUP"));
    command.addAll(run(file, directory));
    Launched process = host.start("vipd", command, Distribution.environment());
    return new VipdNode(host, file, directory, process);
  }

  /** Talks to a daemon that somebody else runs, on a host's files. */
  public static VipdNode attach(Host host, Path configuration, Path runtimeDirectory) {
    Launched nothing = host.start("vipd", List.of("true"), Map.of());
    return new VipdNode(host, configuration, runtimeDirectory, nothing);
  }

  private static Launched launch(Host host, String log, Path file, Path directory) {
    return host.start(log, run(file, directory), Distribution.environment());
  }

  /** Starts it again after its end. */
  public void restart() {
    process = launch(host, "vipd", configuration, runtimeDirectory);
  }

  /** Starts another that asks this one to leave; answers the one that is asked. */
  Launched takeOver() {
    Launched old = process;
    process = host.start("vipd", takingOver(), Distribution.environment());
    return old;
  }

  /**
   * Starts another on some host that asks this one to leave, and is not to get so far.
   *
   * @param wrapper what starts it
   */
  Launched tryToTakeOver(Host from, String... wrapper) {
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(takingOver());
    return from.start("attempt", command, Distribution.environment());
  }

  private List<String> takingOver() {
    return List.of(
        Distribution.launcher(),
        "run",
        "--takeover",
        "-f",
        configuration.toString(),
        "--runtime-dir",
        runtimeDirectory.toString());
  }

  /** Starts one more with the same configuration and runtime directory. */
  Launched launchAnother(String log) {
    return launch(host, log, configuration, runtimeDirectory);
  }

  /** Runs {@code vipd release} on its runtime directory. */
  Launched release(String log) {
    return command(log, "release");
  }

  /** Runs a command of vipd on its runtime directory. */
  Launched command(String log, String... words) {
    List<String> command = new ArrayList<>(List.of(Distribution.launcher()));
    command.addAll(List.of(words));
    command.addAll(List.of("--runtime-dir", runtimeDirectory.toString()));
    return host.start(log, command, Distribution.environment());
  }

  /** What a command of vipd on its runtime directory prints; it must succeed. */
  String ask(String... words) {
    List<String> command = new ArrayList<>(List.of(Distribution.launcher()));
    command.addAll(List.of(words));
    command.addAll(List.of("--runtime-dir", runtimeDirectory.toString()));
    Launched launched =
        host.start("ask-" + words[0], List.copyOf(command), Distribution.environment());
    int status = launched.awaitExit();
    if (status != 0) {
      throw new AssertionError(command + " ended with " + status + ": " + launched.output());
    }
    return launched.output();
  }

  /** The memory that its process has in use, in kB. */
  long residentKilobytes() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
      String line = status.lines().filter(it -> it.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the configuration for the next start. */
  void replaceConfiguration(String text) {
    host.file(configuration.getFileName().toString(), text);
  }

  /** Replaces the configuration and asks the daemon to read it. */
  public void reload(String text) {
    replaceConfiguration(text);
    process.signal("HUP");
  }

  /** The process. */
  public Launched process() {
    return process;
  }

  /** Where it runs. */
  public Host host() {
    return host;
  }

  /** The runtime directory. */
  public Path runtimeDirectory() {
    return runtimeDirectory;
  }

  /** All it has logged, over all its lives. */
  public String log() {
    return host.read("vipd.log");
  }

  /** Ends it with SIGTERM and returns its exit status. */
  public int stop() {
    process.signal("TERM");
    return process.awaitExit();
  }

  /** The answer to {@code status}, asked for again while it is too busy; empty without a daemon. */
  public Optional<JsonObject> status() {
    AtomicReference<Optional<JsonObject>> answer = new AtomicReference<>(Optional.empty());
    Await.until(
        host.namespace().name() + " tells its status",
        Await.GENEROUS,
        () -> {
          answer.set(request("status"));
          return answer.get().map(it -> it.has("instances")).orElse(true);
        },
        this::log);
    return answer.get();
  }

  /** The answer to a command on the control socket; empty while nobody answers. */
  Optional<JsonObject> request(String command) {
    var address = UnixDomainSocketAddress.of(runtimeDirectory.resolve("control.sock"));
    String line = "{\"command\":\"" + command + "\"}\n";
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      return answer.isBlank()
          ? Optional.empty()
          : Optional.of(JsonParser.parseString(answer).getAsJsonObject());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The status of the first instance; empty while nobody answers. */
  public Optional<JsonObject> instance() {
    return status().map(it -> it.getAsJsonArray("instances").get(0).getAsJsonObject());
  }

  /** The state of the first instance; {@code none} while nobody answers. */
  public String state() {
    return instance().map(it -> it.get("state").getAsString()).orElse("none");
  }

  /** One counter of the first instance. */
  public long counter(String name) {
    return instance()
        .map(it -> it.getAsJsonObject("counters").get(name).getAsLong())
        .orElseThrow(() -> new AssertionError("no status: " + log()));
  }

  /** Waits until it has logged some texts: its journal is written beside what it does. */
  public void awaitLog(String... texts) {
    Await.until(
        host.namespace().name() + " logs " + List.of(texts),
        Await.GENEROUS,
        () -> List.of(texts).stream().allMatch(log()::contains),
        this::log);
  }

  /** Waits for one more advertisement from others: what it heard before does not count. */
  public void awaitAdvertisement() {
    long heard = counter("advertisement-rcvd");
    Await.until(
        host.namespace().name() + " hears another node",
        Await.GENEROUS,
        () -> counter("advertisement-rcvd") > heard,
        this::log);
  }

  /** Waits until the first instance is in a state. */
  public void awaitState(String state) {
    Await.until(
        host.namespace().name() + " is " + state,
        Await.GENEROUS,
        () -> state.equals(state()),
        this::log);
  }
}
