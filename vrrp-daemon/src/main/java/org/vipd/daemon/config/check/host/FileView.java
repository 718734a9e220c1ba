package org.vipd.daemon.config.check.host;

import java.util.Optional;
import org.vipd.daemon.config.Account;

/** What a check may ask about files of the host: nothing unless known. All paths are absolute. */
public interface FileView {

  /** The files of a host of which nothing is known. */
  FileView UNKNOWN = new FileView() {};

  /** What has to be in a file that the daemon reads. */
  enum Content {
    /** Whatever it is. */
    ANY,
    /** A certificate in PEM. */
    CERTIFICATE,
    /** A certificate in PEM and its key as PKCS #8. */
    CERTIFICATE_AND_KEY
  }

  /** Why root cannot make a named pipe there, or write to the one that is there. */
  default Optional<Fault> pipe(String path, Optional<Account> owner) {
    return Optional.empty();
  }

  /** Why a file is not what the daemon is to read. */
  default Optional<Fault> readable(String path, Content content) {
    return Optional.empty();
  }

  /** That others than root can change a file, with its owner and mode, and what mends it. */
  default Optional<String> weakness(String path) {
    return Optional.empty();
  }

  /** What helps whoever wrote the path of a program that cannot be run; empty when nothing does. */
  default String programHint(String path) {
    return "";
  }

  /**
   * What is wrong with a file.
   *
   * @param text what it is, with the path
   * @param hint what to do; empty when the text says it
   */
  record Fault(String text, String hint) {}
}
