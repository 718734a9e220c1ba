package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipd.daemon.config.check.CheckedText.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.check.host.LocalHost;
import org.vipd.daemon.config.check.host.UnknownHost;

/** Where paths begin and what is there, beside the examples of the page. */
class PathRulesTest {

  @TempDir private Path folder;

  private CheckedText check() {
    return new CheckedText(folder);
  }

  private static String pipe(String lines) {
    return "global_defs {\n script_user root\n " + lines + "\n}\n" + instance(100);
  }

  private static String script(String line) {
    return "global_defs {\n script_user root\n}\nvrrp_script chk {\n  %s\n}\n".formatted(line)
        + instance(100, "track_script { chk }");
  }

  @Test
  void looksAtTheReaderOfAPipe() {
    String text =
        pipe("vrrp_notify_fifo /run/x\n vrrp_notify_fifo_script \"/opt/none/reader --follow\"");
    assertThat(check().found("V007", text))
        .containsExactly(
            "warning: reader of /run/x cannot run on this host: /opt/none/reader does not exist");
    assertThat(check().places("V007", text)).containsExactly("a.conf:4:26");
    assertThat(check().found("V007", new UnknownHost(), text)).isEmpty();
    assertThat(check().found("V007", text.replace("/opt/none/reader", "/bin/true"))).isEmpty();
  }

  @Test
  void wantsTheOwnerOfAPipe() {
    String text = pipe("notify_fifo /run/x nobody-at-all");
    assertThat(check().found("V043", text))
        .containsExactly(
            "warning: nothing can be written to the pipe /run/x on this host: user nobody-at-all"
                + " does not exist");
    assertThat(check().found("V043", new UnknownHost(), text)).isEmpty();
    assertThat(check().found("V043", pipe("notify_fifo /run/x root"))).isEmpty();
  }

  @Test
  void saysNothingOfThePipesOfAnotherHost() {
    String text = pipe("notify_fifo /run/none/x");
    assertThat(check().found("V043", text)).hasSize(1);
    assertThat(check().found("V043", new UnknownHost(), text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "script \"./check.sh\" | script of chk has the relative path ./check.sh",
        "script \"/bin/sh check.sh\" | script of chk has the relative path check.sh",
        "probe file run/ok | file of chk has the relative path run/ok",
        "probe haproxy admin.sock b | socket of chk has the relative path admin.sock"
      })
  void namesPathsThatBeginNowhereWhoeverTheHostIs(String line, String text) {
    String expected =
        "warning: "
            + text
            + ": it is looked for in the folder that vipd is started in, which is / under systemd";
    assertThat(check().found("V044", script(line))).containsExactly(expected);
    assertThat(check().found("V044", new UnknownHost(), script(line))).containsExactly(expected);
    assertThat(check().found("V007", script(line))).isEmpty();
  }

  @Test
  void namesThePathOfAPipeAndOfATrackedFile() {
    assertThat(check().found("V044", pipe("notify_fifo vip.fifo"))).hasSize(1);
    assertThat(check().found("V043", pipe("notify_fifo vip.fifo"))).isEmpty();
    String file = "track_file f {\n file load\n}\n" + instance(100, "track_file { f }");
    assertThat(check().places("V044", file)).containsExactly("a.conf:2:2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "script true",
        "script \"/bin/true ./x\"",
        "script \"/bin/sh -c './x'\"",
        "script \"[ -f ./x ]\"",
        "probe file /run/ok",
        "probe http https://127.0.0.1/ ca ca.crt"
      })
  void saysNothingOfOtherWords(String line) {
    assertThat(check().found("V044", script(line))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probe http https://127.0.0.1/ ca /etc/none/x",
        "probe etcd HTTPS://127.0.0.1/health certificate /etc/none/x",
        "probe kube-apiserver https://127.0.0.1/readyz ca /etc/none/x"
      })
  void missesTheFilesOfTls(String line) {
    assertThat(check().found("V045", script(line)))
        .singleElement()
        .asString()
        .endsWith(" of chk cannot be used on this host: /etc/none/x does not exist");
    assertThat(check().found("V045", new UnknownHost(), script(line))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probe http http://127.0.0.1/ ca /etc/none/x",
        "probe http https://127.0.0.1/ insecure ca /etc/none/x"
      })
  void doesNotMissWhatIsNotRead(String line) {
    assertThat(check().found("V045", script(line))).isEmpty();
  }

  @Test
  void missesThePasswordFileOfMail() {
    String text = pipe("smtp_password_file /etc/none/secret");
    assertThat(check().found("V045", text))
        .containsExactly(
            "warning: password file of mail cannot be used on this host: /etc/none/secret does not"
                + " exist");
    assertThat(check().places("V045", text)).containsExactly("a.conf:3:2");
  }

  @Test
  void missesTheScriptBehindAnInterpreter() {
    String text = script("script \"/bin/sh /etc/none/check.sh\"");
    assertThat(check().found("V007", text))
        .containsExactly(
            "warning: script of chk cannot run on this host: /etc/none/check.sh does not exist,"
                + " which /bin/sh is to read");
    assertThat(check().hints("V007", text)).containsExactly("the path is right up to /etc");
    assertThat(check().found("V007", new UnknownHost(), text)).isEmpty();
  }

  @Test
  void seesWhatScriptSecurityDoesNot() throws IOException {
    Path script = Files.writeString(folder.resolve("x.sh"), "exit 0\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-rw-rw-"));
    String text = script("script \"/bin/sh " + script + "\"");
    String secure = text.replace("script_user", "enable_script_security\n script_user");
    LocalHost host = new LocalHost("/bin");
    assertThat(check().found("V047", host, secure))
        .singleElement()
        .asString()
        .startsWith("warning: script of chk has /bin/sh read a script as root that enable_script_")
        .contains(" can be changed by others than root: owner ");
    assertThat(check().found("V047", host, text)).isEmpty();
    assertThat(check().found("V047", host, secure.replace("user root", "user nobody"))).isEmpty();
    assertThat(check().found("V047", new UnknownHost(), secure)).isEmpty();
  }
}
