package org.vipd.daemon.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.vipd.daemon.config.Printable;

/**
 * Output of a command without what would move the cursor or colour the terminal of its reader:
 * names of a configuration and the output of scripts may have such characters. Line ends and tabs
 * are kept, and JSON stays valid.
 */
final class PlainWriter extends FilterWriter {

  private static final String KEPT = "\n\t";

  private PlainWriter(Writer out) {
    super(out);
  }

  /** A writer to a stream, in the encoding of the terminal. */
  static PrintWriter to(OutputStream out) {
    return new PrintWriter(
        new PlainWriter(new OutputStreamWriter(out, Charset.defaultCharset())), true);
  }

  /** A writer to another one. */
  static PrintWriter to(Writer out) {
    return new PrintWriter(new PlainWriter(out), true);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    int start = from;
    for (int i = from; i < from + length; i++) {
      char c = text.charAt(i);
      if (Printable.isControl(c) && KEPT.indexOf(c) < 0) {
        out.write(text, start, i - start);
        out.write(String.format("\\u%04x", (int) c));
        start = i + 1;
      }
    }
    out.write(text, start, from + length - start);
  }
}
