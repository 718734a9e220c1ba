package org.vipd.daemon.config.yaml.text;

import org.vipd.daemon.config.yaml.key.Reports;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.AliasToken;
import org.yaml.snakeyaml.tokens.AnchorToken;
import org.yaml.snakeyaml.tokens.Token;

/** Names every anchor and alias of a text: who wrote one has to mend them all. */
final class Anchors {

  private Anchors() {}

  /** Reports them as far as the text can be read. */
  static void report(StreamReader text, Reports reports) {
    Scanner scanner = new ScannerImpl(text, new LoaderOptions());
    try {
      while (scanner.checkToken()) {
        Token token = scanner.getToken();
        if (token instanceof AnchorToken) {
          report(token, "anchors (&name)", reports);
        } else if (token instanceof AliasToken) {
          report(token, "aliases (*name)", reports);
        }
      }
    } catch (YAMLException e) {
      // what is wrong there is told by the parser, or when these are mended
    }
  }

  private static void report(Token token, String what, Reports reports) {
    reports.error(
        Reports.place(token.getStartMark()),
        "not valid YAML: " + what + " are not allowed",
        "write the value out");
  }
}
