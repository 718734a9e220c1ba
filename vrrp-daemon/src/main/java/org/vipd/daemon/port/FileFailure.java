package org.vipd.daemon.port;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why a file could not be read or written, in the words of an operator. */
public final class FileFailure {

  private FileFailure() {}

  /** The reason without class names, and without the file, which the message around it names. */
  public static String cause(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof DirectoryNotEmptyException directory) {
      return directory.getFile() + " is a directory with files in it: delete it";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    String reason =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    return reason == null || reason.isBlank()
        ? "cause unknown (" + failure.getClass().getSimpleName() + ")"
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
