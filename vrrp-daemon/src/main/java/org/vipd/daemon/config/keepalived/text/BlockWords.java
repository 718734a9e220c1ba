package org.vipd.daemon.config.keepalived.text;

/** What words mean for braces: the language itself knows blocks, but not their names. */
public interface BlockWords {

  /**
   * Whether a word begins a block at the top of a file; some are words of other blocks as well, or
   * taken for such, and there no name follows.
   */
  boolean isTop(String word, boolean isNamed);

  /** Whether a word begins a block inside another one, which holds values and no settings. */
  boolean isInner(String word);

  /** Whether a word is a setting of some block, and so no value of such a list. */
  boolean isSetting(String word);
}
