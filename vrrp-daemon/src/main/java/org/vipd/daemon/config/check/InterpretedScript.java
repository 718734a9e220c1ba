package org.vipd.daemon.config.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vipd.daemon.config.CommandConfig;

/**
 * A script that stands behind the program that reads it: {@code /bin/sh /etc/vip/check.sh}.
 *
 * @param interpreter the program as it is written
 * @param path the script as it is written
 */
record InterpretedScript(String interpreter, String path) {

  private static final Pattern SHELL = Pattern.compile("(?:ba|da|k|z|a)?sh");
  private static final Pattern OTHER = Pattern.compile("(?:python|perl|ruby|php|node|lua)[0-9.]*");

  /** Options that take no word: {@code -e} of a shell, but not of perl. */
  private static final Pattern SHELL_SWITCH = Pattern.compile("-[euxvE]{1,5}|--");

  private static final Pattern OTHER_SWITCH = Pattern.compile("-[usBOwT]{1,5}|--");

  /** What begins another program and leaves its words alone. */
  private static final Set<String> STARTERS = Set.of("env", "nice", "nohup", "setsid", "timeout");

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}=.*");

  /** The number that timeout(1) wants before its command. */
  private static final Pattern TIME = Pattern.compile("[0-9.]+[smhd]?");

  /** The script of a command; empty when it has none, or an option that may take a word. */
  static Optional<InterpretedScript> of(CommandConfig command) {
    List<String> words = command.words();
    int index = 0;
    while (index < words.size() && STARTERS.contains(name(words.get(index)))) {
      index++;
      while (index < words.size() && isOfStarter(words.get(index))) {
        index++;
      }
    }
    return index < words.size() ? behind(words, index) : Optional.empty();
  }

  private static Optional<InterpretedScript> behind(List<String> words, int first) {
    String interpreter = words.get(first);
    boolean isShell = SHELL.matcher(name(interpreter)).matches();
    if (!isShell && !OTHER.matcher(name(interpreter)).matches()) {
      return Optional.empty();
    }
    Pattern aSwitch = isShell ? SHELL_SWITCH : OTHER_SWITCH;
    return words.stream()
        .skip(first + 1L)
        .dropWhile(it -> aSwitch.matcher(it).matches())
        .findFirst()
        .filter(InterpretedScript::isPath)
        .map(it -> new InterpretedScript(interpreter, it));
  }

  private static boolean isOfStarter(String word) {
    return ASSIGNMENT.matcher(word).matches() || TIME.matcher(word).matches() || word.equals("-i");
  }

  /** What is named with a folder, or ends as scripts do. */
  private static boolean isPath(String word) {
    return (word.indexOf('/') >= 0 && !word.startsWith("-"))
        || word.matches("[A-Za-z0-9_.-]+\\.(?:sh|bash|py|pl|rb|php|js|lua)");
  }

  private static String name(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }

  boolean isRelative() {
    return !path.startsWith("/");
  }
}
