package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.CommandConfig;
import org.vipd.daemon.config.CommandLine;

class InterpretedScriptTest {

  private static CommandConfig command(String text) {
    return new CommandConfig(text, CommandLine.split(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/sh /etc/vip/x, /bin/sh, /etc/vip/x",
    "sh -eu /etc/vip/x --all, sh, /etc/vip/x",
    "bash -- ./x, bash, ./x",
    "/usr/bin/python3.11 -u check.py, /usr/bin/python3.11, check.py",
    "perl -w /x.pl, perl, /x.pl",
    "/usr/bin/env LANG=C python3 /x.py, python3, /x.py",
    "env -i sh /x, sh, /x",
    "timeout 5 bash /x.sh, bash, /x.sh"
  })
  void findsTheScriptBehindItsInterpreter(String text, String interpreter, String path) {
    assertThat(InterpretedScript.of(command(text)))
        .contains(new InterpretedScript(interpreter, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh -c '/etc/vip/x'",
        "/bin/sh -ec '/etc/vip/x'",
        "python3 -m http.server",
        "perl -e '/x/'",
        "ruby -e /x/ /y",
        "python3 -c 'x/y'",
        "sh",
        "sh status",
        "env",
        "env LANG=C",
        "timeout -k 1 5 sh /x",
        "/usr/bin/pgrep sh /x",
        "curl http://127.0.0.1/x.php"
      })
  void seesNoneElsewhere(String text) {

    assertThat(InterpretedScript.of(command(text))).isEmpty();
  }
}
