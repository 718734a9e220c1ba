package org.vipd.daemon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.netlink.testkit.NetworkNamespace;

/** A check that can never succeed is explained, not left as a silent fault. */
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneTypoIT {

  private static final String VIP = "10.146.47.90";

  private Lab lab;

  @BeforeEach
  void build() {
    NetworkNamespace.assumeAvailable();
    Distribution.makeArchive();
    lab = Lab.create("typo");
  }

  @AfterEach
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private VipdNode start(String configuration) {
    return VipdNode.start(lab.host("typo", "10.146.47.100/24"), configuration);
  }

  private static JsonObject check(VipdNode node) {
    return node.instance().orElseThrow().getAsJsonArray("checks").get(0).getAsJsonObject();
  }

  private static void awaitFailures(VipdNode node, int number) {
    node.awaitState("FAULT");
    Await.until(
        number + " failed runs",
        Await.GENEROUS,
        () -> check(node).get("failures").getAsLong() >= number,
        node::log);
  }

  private static String statusText(VipdNode node) {
    Shell.Result result =
        Distribution.run("status", "--runtime-dir", node.runtimeDirectory().toString());
    assertThat(result.code()).isZero();
    return result.output();
  }

  @Test
  void namesTheCommandWithTheTypo() {
    VipdNode node = start(ControlPlaneTexts.configurationA());
    awaitFailures(node, 4);
    assertThat(statusText(node))
        .contains("VI_1  FAULT", "pidof haprox", "chk_haproxy is bad", "in a row")
        .contains("last: exit status 1");
    assertThat(node.host().hasAddress(VIP)).isFalse();
    assertThat(node.counter("advertisement-sent")).isZero();
  }

  @Test
  void showsWhatTheCommandPrinted() {
    String script = "echo found nothing of that name; exit 3";
    VipdNode node =
        start(ControlPlaneTexts.configurationA().replace("pidof haprox", "sh -c '" + script + "'"));
    awaitFailures(node, 4);
    assertThat(statusText(node)).contains("found nothing of that name", "status 3");
  }

  @Test
  void saysThatTheScriptDoesNotExist() {
    VipdNode node =
        start(ControlPlaneTexts.configurationA().replace("pidof haprox", "/opt/missing/check.sh"));
    awaitFailures(node, 4);
    assertThat(statusText(node)).contains("/opt/missing/check.sh does not exist", "FAULT");
  }
}
