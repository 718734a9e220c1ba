package org.vipd.daemon.config.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.DaemonConfig;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.PlaceFinder;
import org.vipd.daemon.config.Problems;
import org.vipd.daemon.config.SyncGroup;
import org.vipd.daemon.config.yaml.key.Reports;
import org.vipd.daemon.config.yaml.key.Section;
import org.vipd.daemon.config.yaml.text.YamlFiles;
import org.vipd.daemon.config.yaml.vip.Cluster;
import org.vipd.daemon.config.yaml.vip.TrackReader;
import org.vipd.daemon.config.yaml.vip.VipReader;

/**
 * Reads a {@code vipd.yaml}. Whatever is wrong with the file comes back as problems, never as an
 * exception.
 */
public final class YamlReader {

  private final Problems problems = new Problems();
  private final YamlOptions options;
  private final Reports reports;
  private final YamlFiles files;
  private final Optional<Section> top;

  private YamlReader(YamlOptions options, Path path, Optional<String> text) {
    this.options = options;
    this.reports = new Reports(problems, options.environment());
    this.files = new YamlFiles(problems, reports);
    this.top = text.isPresent() ? files.parse(path, text.get()) : files.read(path);
  }

  /**
   * What was read and where it stands.
   *
   * @param result model and problems
   * @param places where settings stand
   * @param understood the model without what has errors; empty when a file is no valid YAML
   * @param nodes the nodes that the file is for
   */
  public record Reading(
      LoadResult result, PlaceFinder places, Optional<DaemonConfig> understood, Nodes nodes) {}

  /**
   * The nodes that a file is for.
   *
   * @param names their names or addresses; none when the file does not list them
   * @param hasOwn whether the node that it was read as is one of them; then it is the first
   * @param refusal the error that the file gives where it is not
   */
  public record Nodes(List<String> names, boolean hasOwn, Optional<ConfigProblem> refusal) {

    /** The file lists no nodes. */
    public static final Nodes NONE = new Nodes(List.of(), false, Optional.empty());

    public Nodes {
      names = List.copyOf(names);
    }
  }

  /** Reads and interprets a file and what it includes. */
  public static Reading read(Path path, YamlOptions options) {
    return new YamlReader(options, path, Optional.empty()).interpret();
  }

  /** Interprets the text of a file that was read already, and reads what it includes. */
  public static Reading parse(Path path, String text, YamlOptions options) {
    return new YamlReader(options, path, Optional.of(text)).interpret();
  }

  private Reading interpret() {
    Optional<Cluster> cluster =
        top.map(it -> Cluster.read(it, options.host(), options.node(), reports));
    Optional<DaemonConfig> config = cluster.map(it -> config(top.orElseThrow(), it));
    LoadResult result =
        new LoadResult(
            problems.hasErrors() ? Optional.empty() : config, problems.sorted(), files.hash());
    Nodes nodes =
        cluster.map(it -> new Nodes(it.names(), it.hasOwn(), it.refusal())).orElse(Nodes.NONE);
    return new Reading(result, files.places(), config.filter(it -> files.isWhole()), nodes);
  }

  private DaemonConfig config(Section file, Cluster cluster) {
    VipReader vips = new VipReader(cluster, options.host(), file.settings("options"), reports);
    file.sections("vips").forEach(vips::read);
    if (vips.instances().isEmpty() && !problems.hasErrors()) {
      reports.warning(file.place(), "has no vips, so no address moves", "add vips:");
    }
    List<SyncGroup> groups = new ArrayList<>(vips.ties());
    file.sections("groups").forEach(it -> groups.add(group(it)));
    DaemonConfig config =
        new DaemonConfig(
            file.text("router-id"),
            vips.instances(),
            new CheckReader(reports).read(file.sections("checks")),
            groups,
            new TrackerReader(reports).read(file),
            new NetworkReader(reports).read(file),
            new GlobalReader(file, reports).read());
    new References(config, files.places(), files.isWhole(), reports).check();
    return CommandRights.apply(config.withSharedTracks());
  }

  private SyncGroup group(Section it) {
    TrackReader tracks = new TrackReader(reports);
    return new SyncGroup(
        it.name(),
        it.place(),
        it.texts("members"),
        tracks.checks(it.list("checks")),
        tracks.tracks(it.sections("track")),
        tracks.hooks(it.section("notify")),
        it.settings("options"));
  }
}
