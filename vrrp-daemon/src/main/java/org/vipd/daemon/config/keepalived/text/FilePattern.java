package org.vipd.daemon.config.keepalived.text;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Finds the files that an include names: alternatives in braces, then wildcards in each part. */
public final class FilePattern {

  private static final int ALTERNATIVES_LIMIT = 256;
  private static final int FILES_LIMIT = 10_000;

  private FilePattern() {}

  /** The patterns that a pattern with braces stands for, in order. */
  static List<String> alternatives(String pattern) {
    List<String> open = new ArrayList<>(List.of(pattern));
    List<String> done = new ArrayList<>();
    while (!open.isEmpty() && done.size() + open.size() < ALTERNATIVES_LIMIT) {
      String next = open.remove(0);
      int close = next.indexOf('}');
      int start = close < 0 ? -1 : next.lastIndexOf('{', close);
      if (start < 0) {
        done.add(next);
        continue;
      }
      List<String> choices = new ArrayList<>();
      for (String choice : next.substring(start + 1, close).split(",", -1)) {
        choices.add(next.substring(0, start) + choice + next.substring(close + 1));
      }
      open.addAll(0, choices);
    }
    return done;
  }

  static boolean hasWildcards(String pattern) {
    return pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** The files that match a pattern without braces, sorted; relative to a directory. */
  public static List<Path> matches(Path directory, String pattern) throws IOException {
    try {
      List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : directory);
      for (String part : pattern.split("/", -1)) {
        if (!part.isEmpty()) {
          found = step(found, part);
        }
      }
      return pattern.isBlank() ? List.of() : found;
    } catch (InvalidPathException | PatternSyntaxException e) {
      return List.of();
    }
  }

  private static List<Path> step(List<Path> directories, String part) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path directory : directories) {
      if (!hasWildcards(part)) {
        Path path = directory.resolve(part);
        if (Files.exists(path)) {
          found.add(path);
        }
      } else if (Files.isDirectory(directory)) {
        found.addAll(entries(directory, part));
      }
    }
    return found;
  }

  private static List<Path> entries(Path directory, String part) throws IOException {
    PathMatcher matcher = directory.getFileSystem().getPathMatcher("glob:" + part);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        boolean isHidden = name.toString().startsWith(".") && !part.startsWith(".");
        if (!isHidden && matcher.matches(name) && found.size() < FILES_LIMIT) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    return found;
  }
}
