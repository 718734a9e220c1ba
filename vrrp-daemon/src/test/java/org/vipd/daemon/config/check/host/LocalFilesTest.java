package org.vipd.daemon.config.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.check.host.FileView.Content;
import org.vipd.daemon.config.check.host.FileView.Fault;

class LocalFilesTest {

  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";

  @TempDir private Path temporary;

  private Path folder;
  private LocalFiles files;

  @BeforeEach
  void begin() throws IOException {
    folder = temporary.toRealPath();
    files = new LocalFiles(List.of(folder.resolve("bin"), Path.of("/bin")));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path program(String name, String text) throws IOException {
    Path file = write(name, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Fault pipe(Path path) {
    return files.pipe(path.toString(), Optional.empty()).orElseThrow();
  }

  @Test
  void missesTheFolderOfAPipe() throws IOException {
    Files.createDirectories(folder.resolve("vipd"));
    assertThat(pipe(folder.resolve("vpid/x/fifo")))
        .isEqualTo(
            new Fault(
                "the folder " + folder + "/vpid/x does not exist",
                "the path is right up to "
                    + folder
                    + "; did you mean "
                    + folder
                    + "/vipd?; correct the path, or run: mkdir -p "
                    + folder
                    + "/vpid/x"));
    assertThat(files.pipe("/run/no-such-folder/fifo", Optional.empty()).orElseThrow().hint())
        .endsWith("; what is under /run is gone after a restart of the machine (tmpfiles.d(5))");
  }

  @Test
  void takesAFolderWithoutThePipeAndAPipeOfItsOwn() throws Exception {
    Path pipe = folder.resolve("fifo");
    assertThat(files.pipe(pipe.toString(), Optional.empty())).isEmpty();
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String owner = Files.getOwner(pipe).getName();
    Optional<Account> own = Optional.of(new Account(owner, Optional.empty()));
    assertThat(files.pipe(pipe.toString(), own)).isEmpty();
    Optional<Account> other = Optional.of(new Account("4711", Optional.empty()));
    assertThat(files.pipe(pipe.toString(), other).orElseThrow().text())
        .startsWith(pipe + " belongs to user ")
        .endsWith(", not to 4711");
  }

  @Test
  void saysWhatHasTheNameOfAPipe() throws IOException {
    assertThat(pipe(write("file", "")).text()).isEqualTo(folder + "/file is a file, no pipe");
    assertThat(pipe(Files.createDirectory(folder.resolve("d"))).text())
        .isEqualTo(folder + "/d is a directory, no pipe");
    assertThat(pipe(Files.createSymbolicLink(folder.resolve("l"), Path.of("/dev/null"))).text())
        .isEqualTo(folder + "/l is a link, no pipe");
    assertThat(pipe(folder.resolve("file/fifo")).text()).isEqualTo(folder + "/file is no folder");
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE, '', has no certificate in PEM (BEGIN CERTIFICATE)",
    "CERTIFICATE_AND_KEY, C, has no key as PKCS #8 (BEGIN PRIVATE KEY)",
    "CERTIFICATE_AND_KEY, K, has no certificate in PEM (BEGIN CERTIFICATE)",
    "CERTIFICATE, C, ",
    "CERTIFICATE_AND_KEY, CK, ",
    "ANY, '', "
  })
  void looksForWhatTheDaemonReads(Content content, String parts, String expected)
      throws IOException {
    String text = (parts.contains("C") ? CERTIFICATE : "") + (parts.contains("K") ? KEY : "");
    Path file = write("x.pem", text);
    assertThat(files.readable(file.toString(), content).map(Fault::text))
        .isEqualTo(Optional.ofNullable(expected).map((file + " ")::concat));
  }

  @Test
  void missesAFileAndSaysWhatIsSimilar() throws IOException {
    write("pki/ca.crt", CERTIFICATE);
    assertThat(files.readable(folder + "/pki/ca.cert", Content.CERTIFICATE).orElseThrow())
        .isEqualTo(
            new Fault(
                folder + "/pki/ca.cert does not exist",
                "the path is right up to "
                    + folder
                    + "/pki; did you mean "
                    + folder
                    + "/pki/ca.crt?"));
    assertThat(files.readable(folder + "/pki", Content.ANY).map(Fault::text))
        .contains(folder + "/pki is a directory, no file");
  }

  @Test
  void proposesWhatAPathMayMean() throws IOException {
    program("bin/check_http", "#!/bin/sh\n");
    write("bin/notes", "");
    assertThat(files.programHint(folder + "/bin")).isEqualTo("programs in it: check_http");
    assertThat(files.programHint(folder + "/bin/check_htp"))
        .isEqualTo(
            "the path is right up to "
                + folder
                + "/bin; did you mean "
                + folder
                + "/bin/check_http?");
    assertThat(files.programHint(folder + "/bin/notes/x"))
        .isEqualTo(folder + "/bin/notes is no folder");
    assertThat(files.programHint(folder + "/bin/check_http")).isEmpty();
  }

  @Test
  void findsTheInterpreterElsewhere() throws IOException {
    program("bin/snake", "");
    Path script = program("s", "#!/opt/none/snake -u\n");
    assertThat(files.programHint(script.toString()))
        .isEqualTo(
            folder + "/bin/snake is there: let the first line be #!" + folder + "/bin/snake");
    program("s", "#!/opt-none/viper\n");
    assertThat(files.programHint(script.toString()))
        .isEqualTo("of the interpreter the path is right up to /");
  }

  @Test
  void namesWhatOthersCanChange() throws IOException {
    Path script = write("x.sh", "");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(files.weakness(script.toString()).orElseThrow())
        .contains(" can be changed by others than root: owner ");
    assertThat(files.weakness("/bin/sh")).isEmpty();
    assertThat(files.weakness(folder + "/none")).isEmpty();
  }
}
