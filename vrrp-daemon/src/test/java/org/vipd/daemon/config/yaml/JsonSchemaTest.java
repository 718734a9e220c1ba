package org.vipd.daemon.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.SnakeYamlNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.yaml.key.JsonSchema;
import org.vipd.daemon.testkit.GeneratedText;
import org.vipd.daemon.testkit.Repository;

/** The schema that editors get says the same as the reader. */
class JsonSchemaTest {

  private static final URI NAME = URI.create("urn:vipd");
  private static final Validator VALIDATOR = validator();

  private static Validator validator() {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new SnakeYamlNode.Factory()).createValidator();
    validator.registerSchema(NAME, JsonSchema.text());
    return validator;
  }

  @Test
  void isShippedAsItIsGenerated() throws IOException {
    assertThat(JsonParser.parseString(JsonSchema.text()).isJsonObject()).isTrue();
    GeneratedText.expectFile("docs/vipd.schema.json", JsonSchema.text());
  }

  @Test
  void acceptsTheExamplesOfTheDocumentation() throws IOException {
    List<String> examples = examples();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(VALIDATOR.validate(NAME, example).isValid()).as(example).isTrue();
      assertThat(isAccepted(example)).as(example).isTrue();
    }
  }

  private static List<String> examples() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/configuration.md"));
    Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    return blocks.results().map(it -> it.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vip: {}",
        "vips: []",
        "vips: {a: {vrid: 1}}",
        "vips: {a: {vrid: 256, addresses: [10.0.0.9]}}",
        "vips: {a: {vrid: '7', addresses: [10.0.0.9]}}",
        "vips: {a: {vrid: 1, addresses: 10.0.0.9}}",
        "vips: {a: {vrid: 1, addresses: [here]}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], interval: 1}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], interval: 1min}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], start: MASTER}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], preempt: 1}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], interface: a/b}}",
        "vips: {a: {vrid: 1, addresses: [{address: 10.0.0.9, flag: x}]}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], options: {nothing: 1}}}",
        "checks: {c: {interval: 1s}}",
        "checks: {c: {command: [a]}}",
        "mail: {alerts: maybe}",
        "vips: {a: {vrid: 1, version: 2, addresses: [10.0.0.9], authentication: {type: password, secret: {path: x}}}}"
      })
  void refusesWhatTheReaderRefuses(String text) {
    assertThat(VALIDATOR.validate(NAME, text).isValid()).as(text).isFalse();
    assertThat(isAccepted(text)).as(text).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vips: {}",
        "router-id: 5",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9]}}",
        "vips: {a: {vrid: 1, addresses: [{address: 10.0.0.9, scope: link}, {address: 10.0.0.8, scope: 200}]}}",
        "checks: {c: {command: /bin/true, interval: 1.5s}}",
        "checks: {c: {command: {command: /bin/true, user: root}}}",
        "vips: {a: {vrid: 1, addresses: [10.0.0.9], options: {down-timer-adverts: 4, garp-extra-if: [all, 5]}}}"
      })
  void acceptsWhatTheReaderAccepts(String text) {
    assertThat(VALIDATOR.validate(NAME, text).isValid()).as(text).isTrue();
    assertThat(isAccepted(text)).as(text).isTrue();
  }

  private static boolean isAccepted(String text) {
    return YamlReader.parse(Path.of("vipd.yaml"), text, FixedSurroundings.FIRST.options())
        .result()
        .problems()
        .stream()
        .noneMatch(ConfigProblem::isError);
  }
}
