package org.vipd.daemon.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over the bytes of all files that a configuration was read from, one after the other in
 * the order in which they were read: what {@code cat FILE... | sha256sum} prints. It is computed
 * when it is first asked for, because that costs more than reading the files.
 */
public final class ConfigHash {

  private final List<byte[]> files = new ArrayList<>();
  private String text = "";

  /**
   * Adds a file, before the hash is first asked for.
   *
   * @param bytes what it holds; not to be changed any more
   */
  public synchronized void add(byte[] bytes) {
    files.add(bytes);
  }

  /** 64 hexadecimal digits; empty when nothing was read from a file. */
  public synchronized String text() {
    if (text.isEmpty() && !files.isEmpty()) {
      MessageDigest digest = sha256();
      files.forEach(digest::update);
      files.clear();
      text = HexFormat.of().formatHex(digest.digest());
    }
    return text;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
