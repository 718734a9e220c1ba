package org.vipd.daemon.config.yaml.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Template;
import org.vipd.daemon.config.yaml.key.Reports;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Makes nodes of the text of one file. */
final class YamlText {

  private static final int DEPTH_LIMIT = 32;
  private static final int LINE_LIMIT = 1 << 16;
  private static final int NODES_LIMIT = 100_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final char DELETE = 0x7f;
  private static final String OTHER_LINE_BREAKS = "\u0085\u2028\u2029";

  private YamlText() {}

  /** The mapping at the top; empty when the text is empty or cannot be used, which is reported. */
  static Optional<MappingNode> compose(String file, String text, Reports reports) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH_LIMIT);
    options.setCodePointLimit(Integer.MAX_VALUE);
    String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    if (hasUnfitLine(file, plain, reports)) {
      return Optional.empty();
    }
    NamedReader reader = new NamedReader(file, plain);
    StrictParser parser = new StrictParser(reader, options);
    try {
      Composer composer = new Composer(parser, new FewTags(), options);
      Node node = composer.getSingleNode();
      boolean isTemplate = isOfTemplate(node) && isTemplate(file, plain, reports);
      if (node == null || isTemplate) {
        return Optional.empty();
      }
      reportAnchors(parser, new NamedReader(file, plain), reports);
      return mapping(node, reports);
    } catch (MarkedYAMLException e) {
      if (!isTemplate(file, plain, reports)) {
        reportAnchors(parser, new NamedReader(file, plain), reports);
        reportFault(new YamlFault(file, plain, e), e, reports);
      }
    } catch (ReaderException e) {
      reports.error(
          place(file, plain, e.getPosition()),
          String.format(Locale.ROOT, "the character U+%04X is not allowed", e.getCodePoint()),
          "delete it");
    } catch (YAMLException e) {
      boolean isTooDeep = firstLine(e).startsWith("Nesting Depth");
      reports.error(
          Reports.place(reader.getMark()),
          isTooDeep
              ? "values are nested more than " + DEPTH_LIMIT + " deep"
              : "not valid YAML: " + firstLine(e),
          isTooDeep ? "no key is so deep: is there a bracket too many?" : "");
    }
    return Optional.empty();
  }

  private static void reportAnchors(StrictParser parser, StreamReader text, Reports reports) {
    if (parser.hasAnchors()) {
      Anchors.report(text, reports);
    }
  }

  /** An alias is told of with the anchors. */
  private static void reportFault(YamlFault fault, MarkedYAMLException cause, Reports reports) {
    if (!(cause instanceof StrictParser.AliasException)) {
      fault.report(reports);
    }
  }

  private static Place place(String file, String text, int index) {
    String before = text.substring(0, Math.min(index, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(file, line, before.length() - before.lastIndexOf('\n'));
  }

  /** Whether a text that is YAML all the same has what no configuration means. */
  private static boolean isOfTemplate(Node top) {
    Deque<Node> open = new ArrayDeque<>(top == null ? List.of() : List.of(top));
    for (int count = 0; !open.isEmpty() && count < NODES_LIMIT; count++) {
      Node node = open.pop();
      if (node instanceof SequenceNode sequence) {
        sequence.getValue().forEach(open::push);
      } else if (node instanceof MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof MappingNode) {
            return true;
          }
          open.push(tuple.getValueNode());
        }
      } else if (node instanceof ScalarNode scalar
          && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
          && scalar.getValue().startsWith("<%")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTemplate(String file, String text, Reports reports) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutQuoted(lines.get(i));
      OptionalInt mark = Template.mark(line);
      if (mark.isPresent() && line.lastIndexOf('#', mark.getAsInt()) < 0) {
        reports.add(Template.problem(new Place(file, i + 1, mark.getAsInt() + 1)));
        return true;
      }
    }
    return false;
  }

  /** A line with what stands in quotes made harmless; a quote of the other kind is text there. */
  private static String withoutQuoted(String line) {
    StringBuilder shown = new StringBuilder(line);
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
        quote = quote == 0 ? c : 0;
      } else if (quote != 0) {
        shown.setCharAt(i, '.');
        if (quote == '"' && c == '\\' && i + 1 < line.length()) {
          shown.setCharAt(++i, '.');
        }
      }
    }
    return shown.toString();
  }

  /** YAML ends a line where no editor does, and takes long for long ones. */
  private static boolean hasUnfitLine(String file, String text, Reports reports) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < DELETE && c != '\n' && i - start < LINE_LIMIT) {
        continue;
      }
      if (c == '\n') {
        line++;
        start = i + 1;
      } else if (i - start >= LINE_LIMIT) {
        reports.error(
            new Place(file, line, 1),
            "line has more than " + LINE_LIMIT + " characters",
            "is this a configuration file?");
        return true;
      } else if (OTHER_LINE_BREAKS.indexOf(c) >= 0) {
        reports.error(
            new Place(file, line, i - start + 1),
            String.format(Locale.ROOT, "the character U+%04X is not allowed", (int) c),
            "delete it");
        return true;
      }
    }
    return false;
  }

  /** Knows the name of the file for its marks. */
  private static final class NamedReader extends StreamReader {

    private final String file;

    NamedReader(String file, String text) {
      super(text);
      this.file = file;
    }

    @Override
    public Mark getMark() {
      Mark mark = super.getMark();
      return new Mark(
          file,
          mark.getIndex(),
          mark.getLine(),
          mark.getColumn(),
          mark.getBuffer(),
          mark.getPointer());
    }
  }

  /** Tells only what the keys ask about: a number is read by the key that it belongs to. */
  private static final class FewTags extends Resolver {

    /** What any of the patterns begins with; nearly all values do not. */
    private static final String FIRST = "yYnNtTfFoO<~\0";

    @Override
    public Tag resolve(NodeId kind, String value, boolean isImplicit) {
      boolean isText =
          kind == NodeId.scalar
              && isImplicit
              && !value.isEmpty()
              && FIRST.indexOf(value.charAt(0)) < 0;
      return isText ? Tag.STR : super.resolve(kind, value, isImplicit);
    }

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.MERGE, MERGE, "<");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private static Optional<MappingNode> mapping(Node node, Reports reports) {
    if (!(node instanceof MappingNode mapping)) {
      reports.error(Reports.place(node), "the top of the file must be keys such as vips:", "");
      return Optional.empty();
    }
    return hasOwnTags(mapping, reports) ? Optional.empty() : Optional.of(mapping);
  }

  /** Tags ask for types of a program; a configuration has none. */
  private static boolean hasOwnTags(MappingNode top, Reports reports) {
    boolean found = false;
    Deque<Node> open = new ArrayDeque<>();
    open.push(top);
    int count = 0;
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (++count > NODES_LIMIT) {
        reports.error(Reports.place(top), "more than " + NODES_LIMIT + " values", "");
        return true;
      }
      if (!node.getTag().startsWith(Tag.PREFIX)) {
        reports.error(Reports.place(node), "tag " + node.getTag() + " is not allowed", "delete it");
        found = true;
      }
      if (node instanceof SequenceNode sequence) {
        sequence.getValue().forEach(open::push);
      } else if (node instanceof MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
          found |= isMerge(tuple.getKeyNode(), reports);
          open.push(tuple.getValueNode());
        }
      }
    }
    return found;
  }

  private static boolean isMerge(Node key, Reports reports) {
    boolean isScalar = key instanceof ScalarNode;
    boolean isMerge = isScalar && key.getTag().equals(Tag.MERGE);
    if (!isScalar || isMerge) {
      reports.error(
          Reports.place(key),
          isMerge ? "merge keys (<<) are not allowed" : "a key must be a plain name",
          key instanceof MappingNode
              ? "is this a template that was not filled in?"
              : "write the keys out");
    }
    return !isScalar || isMerge;
  }

  private static String firstLine(YAMLException e) {
    return firstLine(String.valueOf(e.getMessage()));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
