package org.vipd.daemon.config.yaml.text;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A parser without anchors and aliases: a configuration of a few lines cannot grow to gigabytes,
 * and what is written in a place applies there.
 */
final class StrictParser extends ParserImpl {

  StrictParser(StreamReader reader, LoaderOptions options) {
    super(reader, options);
  }

  @Override
  public Event peekEvent() {
    Event event = super.peekEvent();
    boolean isAlias = event instanceof AliasEvent;
    boolean hasAnchor = event instanceof NodeEvent node && node.getAnchor() != null;
    if (isAlias || hasAnchor) {
      throw new RefusedException(
          event, (isAlias ? "aliases (*name)" : "anchors (&name)") + " are not allowed");
    }
    return event;
  }

  /** Something of YAML that a configuration may not have. */
  private static final class RefusedException extends MarkedYAMLException {

    private static final long serialVersionUID = 1L;

    RefusedException(Event event, String problem) {
      super(null, null, problem, event.getStartMark(), (Throwable) null);
    }
  }
}
