package org.vipd.daemon.config.migrate;

import java.util.Optional;
import org.vipd.daemon.config.keepalived.text.Statement;

/**
 * A block that goes over several lines.
 *
 * @param head its keyword
 * @param parent the block around it; empty at the top
 * @param first index of its first line
 * @param last index of its last line
 */
record Block(Statement head, Optional<Block> parent, int first, int last) {

  boolean contains(int line) {
    return first < line && line <= last;
  }
}
