package org.vipd.daemon.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.check.host.HostView;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.keepalived.KeepalivedReader;
import org.vipd.daemon.config.keepalived.text.SourceOptions;
import org.vipd.daemon.testkit.Corpus;

/** The rules on configurations of the world: each alone, and each with its neighbour. */
class CollectedConfigurationsTest {

  @Test
  void judgesEveryCollectedConfiguration() throws IOException {
    List<Node> alone = nodes(new FixedHost());
    assertThat(alone).hasSizeGreaterThan(100);
    for (Node node : alone) {
      assertThat(Rules.apply(List.of(node))).as(node.file()).allSatisfy(it -> isWhole(it, node));
    }
  }

  /** A node and its own copy differ in nothing but that priorities are equal. */
  @Test
  void findsNoDifferenceBetweenAConfigurationAndItsCopy() throws IOException {
    for (Node node : nodes(new UnknownHost())) {
      Node copy = new Node(node.file() + " again", node.config(), node.places());
      assertThat(Rules.apply(List.of(node, copy)))
          .as(node.file())
          .extracting(ConfigProblem::rule)
          .doesNotContain("V020", "V021", "V022", "V023", "V024", "V026", "V027", "V030");
    }
  }

  @Test
  void comparesEveryConfigurationWithItsNeighbour() throws IOException {
    List<Node> nodes = nodes(new UnknownHost());
    for (int i = 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      assertThat(Rules.apply(List.of(nodes.get(i - 1), node)))
          .as(node.file())
          .extracting(ConfigProblem::rule)
          .doesNotContain("V007", "V012", "V032");
    }
  }

  private static void isWhole(ConfigProblem problem, Node node) {
    assertThat(problem.rule()).matches("V[0-9]{3}");
    assertThat(problem.place().file()).isEqualTo(node.file());
    assertThat(problem.text()).isNotBlank().doesNotContain("Optional", "@");
  }

  private static List<Node> nodes(HostView host) throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (Path file : Corpus.files()) {
      KeepalivedReader.Reading reading =
          KeepalivedReader.readWithPlaces(file, new SourceOptions("node", Map.of(), 1));
      reading
          .result()
          .config()
          .ifPresent(it -> nodes.add(new Node(file.toString(), it, reading.places(), host)));
    }
    return nodes;
  }
}
