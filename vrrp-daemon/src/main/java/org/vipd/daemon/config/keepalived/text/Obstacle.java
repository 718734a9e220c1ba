package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Objects;

/** Why a file or directory could not be read, without class names. */
public final class Obstacle {

  private Obstacle() {}

  /** The reason, with the path where the message around it cannot name it. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "permission denied for " + denied.getFile();
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    return Objects.requireNonNullElse(failure.getMessage(), "cause unknown");
  }
}
