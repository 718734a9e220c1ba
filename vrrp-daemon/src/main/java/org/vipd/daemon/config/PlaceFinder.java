package org.vipd.daemon.config;

/** Finds where a setting was written, so that a message about it can point there. */
public interface PlaceFinder {

  /**
   * Where a keyword stands in a block.
   *
   * @param block place of the block; a file as a whole to look everywhere
   * @param keyword the keyword; a word inside the block serves too, such as an address or a name
   * @return place of the keyword, or that of the block when the keyword is not written
   */
  Place find(Place block, String keyword);

  /**
   * Where a word stands in a list of a block, which is clear also when the word is in another list.
   *
   * @param block place of the block; a file as a whole for a list at its top
   * @param list keyword of the list, such as {@code unicast_peer}
   * @param word an address in its usual form, or a name
   * @return place of the word, else that of the list, else that of the block
   */
  default Place find(Place block, String list, String word) {
    return find(block, word);
  }

  /**
   * Where a keyword stands that a vipd.yaml has in a section of its own.
   *
   * @param block place of the block; a file as a whole to look at its top
   * @param section key of the section, such as {@code notify}
   * @param keyword a keyword of keepalived
   * @return place of the keyword, or that of the block when the keyword is not written
   */
  default Place findIn(Place block, String section, String keyword) {
    return find(block, keyword);
  }

  /** Whether the file is a keepalived.conf. */
  default boolean isOfKeepalived() {
    return true;
  }

  /** What a keyword of keepalived is called in the language of the file. */
  default String name(String keyword) {
    return keyword;
  }

  /**
   * The wording that fits the language of the file, where a name alone does not do.
   *
   * @param keepalived for a keepalived.conf
   * @param own for a vipd.yaml
   */
  default String wording(String keepalived, String own) {
    return keepalived;
  }
}
