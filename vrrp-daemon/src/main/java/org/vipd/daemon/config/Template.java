package org.vipd.daemon.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what is left of a template in a file that should have been filled in. */
public final class Template {

  /** Of Jinja, Go, ERB and Terraform. */
  private static final Pattern MARK =
      Pattern.compile(
          "\\{\\{.*?\\}\\}|\\{%.*?%\\}|<%.*?%>|%\\{ ?(?:if|for|endif|endfor|else)\\b|^\\s*\\{#.*?#\\}\\s*$");

  private Template() {}

  /** Where the first mark of a line begins that is not in double quotes; from 0. */
  public static OptionalInt mark(String line) {
    if (line.indexOf('{') < 0 && line.indexOf('<') < 0) {
      return OptionalInt.empty();
    }
    Matcher marks = MARK.matcher(line);
    while (marks.find()) {
      long quotes = line.substring(0, marks.start()).chars().filter(c -> c == '"').count();
      if (quotes % 2 == 0) {
        return OptionalInt.of(marks.start());
      }
    }
    return OptionalInt.empty();
  }

  /** What is said of it, once for a file. */
  public static ConfigProblem problem(Place place) {
    return problem(place, "");
  }

  /**
   * The same of a mark that may be a password.
   *
   * @param orElse what to do then
   */
  public static ConfigProblem problem(Place place, String orElse) {
    return new ConfigProblem(
        place,
        ConfigProblem.Severity.ERROR,
        "this is a template that was not filled in: nothing else in it is looked at",
        "let its program (Ansible, Salt, Puppet, Helm, ...) make the file, and use that" + orElse,
        ProblemKind.TEMPLATE);
  }

  /** What to do about a value that has a mark in quotes. */
  public static Optional<String> hint(String text) {
    return mark(text).isPresent()
        ? Optional.of("is this a template that was not filled in?")
        : Optional.empty();
  }
}
