package org.vipd.daemon.config.yaml.text;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A parser without aliases: a configuration of a few lines cannot grow to gigabytes, and what is
 * written in a place applies there. An anchor alone changes no value, so the rest can be read.
 */
final class StrictParser extends ParserImpl {

  private boolean hasAnchors;

  StrictParser(StreamReader reader, LoaderOptions options) {
    super(reader, options);
  }

  /** Whether there is an anchor or an alias in what was read. */
  boolean hasAnchors() {
    return hasAnchors;
  }

  @Override
  public Event peekEvent() {
    Event event = super.peekEvent();
    hasAnchors |= event instanceof NodeEvent node && node.getAnchor() != null;
    if (event instanceof AliasEvent) {
      throw new AliasException(event);
    }
    return event;
  }

  /** A value that stands elsewhere: nobody can go on without it. */
  static final class AliasException extends MarkedYAMLException {

    private static final long serialVersionUID = 1L;

    AliasException(Event event) {
      super(null, null, "aliases are not allowed", event.getStartMark(), (Throwable) null);
    }
  }
}
