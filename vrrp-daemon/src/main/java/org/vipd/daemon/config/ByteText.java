package org.vipd.daemon.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of a file in which not every byte is UTF-8. A byte that is none becomes a character of its
 * own in a private area of Unicode, so that a password goes on the wire with the bytes of its file.
 */
public final class ByteText {

  /** Stands for byte 0x80; the next 127 for those that follow. */
  private static final char FIRST = '\uF780';

  private static final char LAST = '\uF7FF';
  private static final int HIGH_BIT = 0x80;
  private static final int BYTE = 0xff;

  private ByteText() {}

  /** The text of bytes. */
  public static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int next = 0;
    while (next < bytes.length) {
      int length = Math.min(lengthAfter(bytes[next] & BYTE), bytes.length - next);
      String read = new String(bytes, next, length, StandardCharsets.UTF_8);
      byte[] again = read.getBytes(StandardCharsets.UTF_8);
      boolean isUtf8 = Arrays.equals(again, 0, again.length, bytes, next, next + length);
      if (isUtf8 && !isByte(read.charAt(0))) {
        text.append(read);
        next += length;
      } else {
        text.append((char) (FIRST + (bytes[next++] & BYTE) - HIGH_BIT));
      }
    }
    return text.toString();
  }

  /** How many bytes a character has that begins with this one (RFC 3629 section 3). */
  private static int lengthAfter(int first) {
    if (first < 0xc0) {
      return 1;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  /** The bytes of a text, those that are not UTF-8 as they were. */
  public static byte[] encode(String text) {
    if (text.chars().noneMatch(ByteText::isByte)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder bytes = new StringBuilder();
    text.codePoints().forEach(it -> bytes.append(isByte(it) ? latin(it) : latin(utf8(it))));
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(int character) {
    return Character.toString(character).getBytes(StandardCharsets.UTF_8);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String latin(int character) {
    return String.valueOf((char) byteOf((char) character));
  }

  /** Whether a character stands for a byte that is not UTF-8. */
  public static boolean isByte(int character) {
    return character >= FIRST && character <= LAST;
  }

  /** The byte that a character stands for, 0x80 to 0xff. */
  public static int byteOf(char character) {
    return character - FIRST + HIGH_BIT;
  }

  /** The text with such bytes read as ISO 8859-1, for everything that is shown or run. */
  public static String readable(String text) {
    StringBuilder readable = new StringBuilder(text.length());
    text.chars().forEach(it -> readable.append(isByte(it) ? (char) byteOf((char) it) : (char) it));
    return readable.toString();
  }
}
