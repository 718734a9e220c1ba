package org.vipd.daemon.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.file.ConfigurationFile.Form;

class ConfigurationFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "vips:\\n, YAML",
        "# comment\\n\\nnodes: [a]\\n, YAML",
        "---\\nvips: {}\\n, YAML",
        "\"vips\": {}\\n, YAML",
        "{\\n  \"vips\": {}\\n}\\n, YAML",
        "\uFEFFvips: {}, YAML",
        "vrrp_instance VI_1 {\\n}\\n, KEEPALIVED",
        "! comment: yes\\nglobal_defs {\\n}\\n, KEEPALIVED",
        "$A=b:c\\n, KEEPALIVED",
        "include a:b\\n, KEEPALIVED"
      })
  void tellsTheLanguageByContent(String text, Form form) throws IOException {
    Path file = Files.writeString(folder.resolve("any.conf"), text.replace("\\n", "\n"));
    assertThat(ConfigurationFile.form(file)).isEqualTo(form);
  }

  @Test
  void takesTheNameWhenThereIsNoContent() throws IOException {
    assertThat(ConfigurationFile.form(Files.writeString(folder.resolve("a.yaml"), "# x\n")))
        .isEqualTo(Form.YAML);
    assertThat(ConfigurationFile.form(Files.writeString(folder.resolve("a.conf"), "# x\n")))
        .isEqualTo(Form.KEEPALIVED);
    assertThat(ConfigurationFile.form(folder.resolve("none.conf"))).isEqualTo(Form.KEEPALIVED);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "vips\\n, YAML",
        "[]\\n, YAML",
        "vips {\\n}\\n, YAML",
        "- a\\n, YAML",
        "vrrp_instance VI_1 {\\n}\\n, KEEPALIVED",
        "global_defs{\\n}\\n, KEEPALIVED",
        "virtual_server 10.0.0.1 80 {\\n}\\n, KEEPALIVED",
        "include conf.d/*.conf\\n, KEEPALIVED",
        "$A=b\\n, KEEPALIVED",
        "@lb1 global_defs {\\n}\\n, KEEPALIVED"
      })
  void takesTheNameWhenTheContentIsNotClear(String text, Form form) throws IOException {
    Path file = Files.writeString(folder.resolve("any.yml"), text.replace("\\n", "\n"));
    assertThat(ConfigurationFile.form(file)).isEqualTo(form);
  }

  @Test
  void readsBothIntoTheSameModel() throws IOException {
    Path keepalived =
        Files.writeString(
            folder.resolve("a"),
            "vrrp_instance a {\ninterface lo\nvirtual_router_id 7\nversion 3\nvirtual_ipaddress { 10.0.0.9 }\n}\n");
    Path yaml =
        Files.writeString(
            folder.resolve("b"), "vips: {a: {interface: lo, vrid: 7, addresses: [10.0.0.9]}}\n");
    var one = ConfigurationFile.read(keepalived, ReadOptions.ofHost()).result().config();
    var other = ConfigurationFile.read(yaml, ReadOptions.ofHost()).result().config();
    assertThat(one.orElseThrow().instances().get(0).election())
        .isEqualTo(other.orElseThrow().instances().get(0).election());
  }
}
