package org.vipd.daemon.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.FileName;
import org.vipd.daemon.script.CommandResolver.Resolution;
import org.vipd.netlink.process.NamedPipe;

class CommandResolverTest {

  private static final String REMEDY = ", no program; put the program there, or correct the path";

  @TempDir private Path folder;
  private CommandResolver resolver = new CommandResolver("");

  @BeforeEach
  void makeProgram() throws IOException {
    Files.createDirectory(folder.resolve("first"));
    Files.createDirectory(folder.resolve("second"));
    program("second/tool", true);
    program("first/data", false);
    resolver = new CommandResolver(folder.resolve("first") + ":" + folder.resolve("second"));
  }

  private void program(String name, boolean executable) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void expectFound(List<String> words, String... argv) {
    assertThat(resolver.resolve(command(words))).isEqualTo(new Resolution.Found(List.of(argv)));
  }

  private void expectNotFound(String word, String reason) {
    assertThat(resolver.resolve(command(List.of(word)))).isEqualTo(new Resolution.NotFound(reason));
  }

  @Test
  void findsABareNameInTheSearchPathAndUsesNoShell() {
    String tool = folder.resolve("second/tool").toString();
    expectFound(List.of("tool", "a b", ">", "$X"), tool, "a b", ">", "$X");
  }

  @Test
  void aNameThatJavaCannotExpressIsNotFound() {
    // without a UTF-8 locale every letter beyond ASCII is like this one
    expectNotFound("/usr/bin/\ud800", objection("/usr/bin/\ud800"));
    expectNotFound("\ud800", objection("\ud800"));
  }

  private static String objection(String name) {
    return FileName.objection(name).orElseThrow() + "; " + FileName.HINT;
  }

  @Test
  void takesAFullPathAsItIs() {
    String tool = folder.resolve("second/tool").toString();
    expectFound(List.of(tool, "-x"), tool, "-x");
  }

  @Test
  void saysWhereItLookedForAName() {
    expectNotFound(
        "haprox",
        "no program 'haprox' in ["
            + folder.resolve("first")
            + ", "
            + folder.resolve("second")
            + "]; install it or write its full path");
  }

  @Test
  void skipsFilesOfThatNameThatCannotBeExecuted() {
    assertThat(resolver.resolve(command(List.of("data")))).isInstanceOf(Resolution.NotFound.class);
  }

  @Test
  void saysWhatIsWrongWithAPath() {
    Path none = folder.resolve("none");
    Path data = folder.resolve("first/data");
    expectNotFound(none.toString(), none + " does not exist");
    expectNotFound(folder.toString(), folder + " is a directory" + REMEDY);
    expectNotFound(
        data.toString(), data + " is not executable for this user; run: chmod +x " + data);
  }

  @Test
  @Timeout(20)
  void aPipeASocketOrADeviceIsNoProgramAndNobodyWaitsForIt() throws IOException {
    Path tool = folder.resolve("second/tool");
    Files.delete(tool);
    NamedPipe.create(tool.toString(), 0755);
    expectNotFound(tool.toString(), tool + " is a pipe" + REMEDY);
    assertThat(resolver.resolve(command(List.of("tool")))).isInstanceOf(Resolution.NotFound.class);
    Path link = Files.createSymbolicLink(folder.resolve("link"), tool);
    expectNotFound(link.toString(), link + " is a pipe" + REMEDY);
    Files.delete(tool);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(tool));
      expectNotFound(tool.toString(), tool + " is a socket" + REMEDY);
    }
    Files.delete(tool);
    expectNotFound("/dev/zero", "/dev/zero is a device" + REMEDY);
    program("second/tool", true);
    expectFound(List.of(tool.toString()), tool.toString());
  }

  @Test
  void namesWhereALinkLeads() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    expectNotFound(
        link.toString(),
        link + " is a link to " + folder.resolve("gone") + ", which does not exist");
  }

  @Test
  void namesAnInterpreterThatIsMissing() throws IOException {
    Path tool = folder.resolve("second/tool");
    String asks = tool + " asks for the interpreter ";
    Files.writeString(tool, "#! /no/such/shell -e\nexit 0\n");
    expectNotFound(
        tool.toString(),
        asks + "/no/such/shell, which does not exist; install it or correct the first line");
    expectNotFound(
        "tool",
        asks + "/no/such/shell, which does not exist; install it or correct the first line");
    Files.writeString(tool, "#!/bin/sh\r\nexit 0\r\n");
    expectNotFound(
        tool.toString(),
        asks
            + "/bin/sh\\r, which does not exist; its lines end as on Windows, run: sed -i"
            + " 's/\\r$//' "
            + tool);
    Files.writeString(tool, "#!/bin/sh\nexit 0\n");
    expectFound(List.of(tool.toString()), tool.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"if", "!", "X=1", "$TOOL", "</dev/tcp/10.0.0.1/80", "$(which", "[["})
  void givesWhatOnlyAShellUnderstandsToTheShell(String first) {
    expectFound(List.of(first, "more"), "/bin/sh", "-c", first + " more");
  }

  @Test
  void leavesQuotesToTheShell() {
    CommandConfig quoted =
        new CommandConfig("! [ 'a b' = 'a c' ]", List.of("!", "[", "a b", "=", "a c", "]"));

    assertThat(resolver.resolve(quoted))
        .isEqualTo(new Resolution.Found(List.of("/bin/sh", "-c", "! [ 'a b' = 'a c' ]")));
  }

  private static CommandConfig command(List<String> words) {
    return new CommandConfig(String.join(" ", words), words);
  }
}
