package org.vipd.daemon.config.yaml.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vipd.daemon.config.track.BfdInstance;
import org.vipd.daemon.config.track.FileTracker;
import org.vipd.daemon.config.track.ProcessTracker;

/** Writes what virtual routers can depend on beside checks. */
final class TrackerWriter {

  private final YamlWriter.Style style;
  private final Parts parts;

  TrackerWriter(YamlWriter.Style style, Parts parts) {
    this.style = style;
    this.parts = parts;
  }

  Map<String, Object> files(List<FileTracker> files) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (FileTracker it : files) {
      all.put(
          it.name(),
          style
              .keys("file", it.place())
              .put("path", it.path())
              .put("weight", it.weight())
              .put("reverse", it.isReversed())
              .putIf("initial", it.initial().value())
              .put("overwrite", it.initial().overwrites()));
    }
    return all;
  }

  Map<String, Object> processes(List<ProcessTracker> processes) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (ProcessTracker it : processes) {
      Keys keys = style.keys("process", it.place());
      keys.put("command", Parts.words(it.command().words()));
      keys.put("match", it.match().parameters().name().toLowerCase(Locale.ROOT));
      keys.put("full-command", it.match().usesFullCommand());
      if (it.quorum().highest() != 0) {
        keys.put("lowest", it.quorum().lowest());
      }
      keys.put("highest", it.quorum().highest());
      keys.put("fork-delay", it.delays().fork());
      keys.put("terminate-delay", it.delays().terminate());
      keys.put("weight", it.weight());
      keys.put("reverse", it.isReversed());
      all.put(it.name(), keys);
    }
    return all;
  }

  Map<String, Object> sessions(List<BfdInstance> sessions) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (BfdInstance it : sessions) {
      all.put(
          it.name(),
          style
              .keys("bfd", it.place())
              .put("neighbour", it.neighbour().toString())
              .put("weight", it.weight())
              .put("reverse", it.isReversed())
              .put("options", parts.options(it.settings())));
    }
    return all;
  }
}
