package org.vipd.daemon;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages("org.vipd.daemon");
  private static final String DAEMON = "org.vipd.daemon.";

  /** Settings of the state machine that are the same in a configuration. */
  private static final List<String> SETTINGS =
      List.of("org.vipd.protocol.machine.AnnouncePolicy", "org.vipd.protocol.machine.Behaviour");

  /**
   * One line per package: what it may use of ours. A name with a capital letter is a single class.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "config: daemon.config.probe daemon.config.global daemon.config.network"
            + " daemon.config.track protocol.value"
            + " protocol.wire protocol.wire.authentication protocol.machine.AnnouncePolicy"
            + " protocol.machine.Behaviour",
        "config.account: daemon.config.account",
        "config.global: daemon.config protocol.value",
        "config.network: daemon.config protocol.value",
        "config.track: daemon.config daemon.config.global protocol.value",
        "config.keepalived: daemon.config daemon.config.account daemon.config.probe daemon.config.global daemon.config.network"
            + " daemon.config.track daemon.config.keepalived.text protocol.value protocol.wire"
            + " protocol.wire.authentication protocol.machine.AnnouncePolicy"
            + " protocol.machine.Behaviour",
        "config.keepalived.text: daemon.config",
        "config.check: daemon.config daemon.config.global daemon.config.network daemon.config.probe"
            + " daemon.config.check.cluster"
            + " daemon.config.track daemon.config.check.host daemon.config.keepalived.text.TextFile"
            + " protocol.value protocol.wire"
            + " protocol.machine.AnnouncePolicy protocol.machine.Behaviour",
        "config.check.host: daemon.config daemon.config.account protocol.value",
        "config.check.cluster: daemon.config daemon.config.check.host.HostView protocol.value",
        "config.yaml.key: daemon.config daemon.config.global daemon.config.keepalived"
            + " daemon.config.keepalived.text.SecretFile protocol.value",
        "config.yaml.text: daemon.config daemon.config.yaml.key daemon.config.keepalived.text"
            + " protocol.value",
        "config.yaml.vip: daemon.config daemon.config.global daemon.config.network"
            + " daemon.config.track daemon.config.yaml.key protocol.value protocol.wire"
            + " protocol.wire.authentication protocol.machine.AnnouncePolicy protocol.machine.Behaviour",
        "config.yaml: daemon.config daemon.config.probe daemon.config.global daemon.config.network"
            + " daemon.config.track daemon.config.yaml.key daemon.config.yaml.text"
            + " daemon.config.yaml.vip daemon.config.keepalived.text protocol.value",
        "config.yaml.write: daemon.config daemon.config.probe daemon.config.global daemon.config.network"
            + " daemon.config.track daemon.config.yaml.key daemon.config.keepalived.Keyword"
            + " protocol.value protocol.wire protocol.wire.authentication"
            + " protocol.machine.AnnouncePolicy protocol.machine.Behaviour",
        "config.file: daemon.config daemon.config.keepalived daemon.config.keepalived.text"
            + " daemon.config.yaml",
        "config.migrate: daemon.config daemon.config.keepalived daemon.config.keepalived.text"
            + " daemon.config.yaml.key daemon.config.yaml.write",
        "status: daemon.status",
        "bfd: daemon.config daemon.config.global daemon.config.track daemon.event daemon.port"
            + " daemon.status protocol.value protocol.bfd",
        "watch: daemon.config daemon.config.track daemon.event daemon.port",
        "event: daemon.config daemon.config.track daemon.status",
        "port: daemon.config daemon.config.track daemon.event daemon.status protocol.value protocol.wire",
        "tracking: daemon.config daemon.config.track daemon.event protocol.value",
        "config.probe: daemon.config.probe protocol.value",
        "check: daemon.config daemon.config.probe daemon.config.check.host.FileKind"
            + " daemon.event daemon.port"
            + " daemon.watch.ProcessList protocol.value",
        "notify: daemon.config daemon.config.global daemon.config.keepalived.text.SecretFile"
            + " daemon.event daemon.port daemon.status",
        "script: daemon.config daemon.config.check.host.ProgramFile"
            + " daemon.config.check.host.ScriptGuard daemon.event daemon.port daemon.status",
        "control: daemon.event daemon.status daemon.port daemon.config.LoadResult",
        "service: daemon.event daemon.port daemon.config.Printable",
        "ledger: daemon.config daemon.port protocol.value",
        "group: daemon.group",
        "runtime: daemon.group daemon.config daemon.config.track daemon.config.global daemon.event daemon.port daemon.status"
            + " daemon.tracking"
            + " protocol.value protocol.wire protocol.wire.authentication protocol.machine",
        "linux: daemon.config daemon.config.account daemon.config.check.host.TableNames daemon.config.global daemon.port daemon.runtime.MonotonicClock protocol.value"
            + " protocol.wire netlink.address netlink.libc netlink.route netlink.socket netlink.arp"
            + " netlink.ndp netlink.neighbour netlink.process netlink.watch",
        "cli: daemon.boot daemon.control daemon.status daemon.service.RuntimeDirectory"
            + " daemon.config.ConfigProblem daemon.config.PlaceFinder daemon.config.LoadResult"
            + " daemon.config.CheckConfig daemon.config.CommandConfig daemon.config.Account"
            + " daemon.config.Printable"
            + " daemon.event.CheckOutcome daemon.port.PortException"
            + " daemon.config.DaemonConfig daemon.config.Place daemon.config.check"
            + " daemon.config.check.host"
            + " daemon.config.file daemon.config.keepalived.text.SourceOptions daemon.config.yaml"
            + " daemon.config.yaml.key daemon.config.yaml.vip.Surroundings"
            + " daemon.config.yaml.write daemon.config.migrate"
            + " daemon.config.keepalived.KeepalivedSource"
            + " protocol.value.AddressFamily"
      })
  void usesOnlyWhatItsPackageInfoAllows(String packageName, String mayUse) {
    String own = DAEMON + packageName;
    Set<String> allowed =
        List.of(mayUse.trim().split(" +", -1)).stream()
            .map(name -> "org.vipd." + name)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> violations =
        MAIN.stream()
            .filter(type -> type.getPackageName().equals(own))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(it -> isForeign(it.getTargetClass().getBaseComponentType(), own, allowed))
            .map(it -> it.getDescription())
            .toList();
    assertThat(MAIN.stream().filter(type -> type.getPackageName().equals(own))).isNotEmpty();
    assertThat(violations).isEmpty();
  }

  private static boolean isForeign(JavaClass target, String own, Set<String> allowed) {
    String packageName = target.getPackageName();
    return packageName.startsWith("org.vipd.")
        && !packageName.equals(own)
        && !allowed.contains(packageName)
        && allowed.stream().noneMatch(it -> isClassOrNested(target.getFullName(), it));
  }

  private static boolean isClassOrNested(String type, String allowed) {
    return type.equals(allowed) || type.startsWith(allowed + "$");
  }

  @Test
  void onlyLinuxAndBootKnowNetlink() {
    noClasses()
        .that()
        .resideOutsideOfPackages(DAEMON + "linux", DAEMON + "boot")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.vipd.netlink..")
        .check(MAIN);
  }

  @Test
  void nobodyButTheCommandLineKnowsBoot() {
    noClasses()
        .that()
        .resideOutsideOfPackages(DAEMON + "cli", DAEMON + "boot")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DAEMON + "boot")
        .check(MAIN);
  }

  @Test
  void trackingAndConfigurationArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(DAEMON + "tracking", DAEMON + "config", DAEMON + "status")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio",
            "java.nio.channels..",
            "java.nio.file..",
            "java.net..",
            "java.util.concurrent..")
        .check(MAIN);
  }

  @Test
  void configurationTakesOnlySettingsFromTheMachine() {
    noClasses()
        .that()
        .resideInAPackage(DAEMON + "config..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to the machine, other than its settings",
                type ->
                    type.getPackageName().equals("org.vipd.protocol.machine")
                        && SETTINGS.stream()
                            .noneMatch(it -> isClassOrNested(type.getFullName(), it))))
        .check(MAIN);
  }

  @Test
  void onlyTheJournalLaneLogs() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.service\\.JournalLane(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "java.util.logging..")
        .check(MAIN);
  }

  @Test
  void onlyTheMonotonicClockReadsTheClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(DAEMON + "runtime.MonotonicClock")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(MAIN);
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(MAIN);
  }

  @Test
  void staticFieldsAreFinal() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(beFinal())
        .check(MAIN);
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Impl|Manager)").check(MAIN);
  }

  @Test
  void methodsTakeAtMostFiveParameters() {
    methods()
        .that()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(takeAtMostFiveParameters())
        .check(MAIN);
  }

  /** Records list their components, so their canonical constructors are exempt. */
  @Test
  void constructorsTakeAtMostFiveParameters() {
    List<String> tooLong = new ArrayList<>();
    for (JavaClass type : MAIN) {
      for (JavaConstructor constructor : type.getConstructors()) {
        if (!type.isRecord() && !type.isEnum() && parametersOf(constructor) > 5) {
          tooLong.add(constructor.getFullName());
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static int parametersOf(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().size();
  }

  private static ArchCondition<JavaCodeUnit> takeAtMostFiveParameters() {
    return new ArchCondition<>("take at most five parameters") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int count = parametersOf(unit);
        events.add(
            new SimpleConditionEvent(unit, count <= 5, unit.getFullName() + " takes " + count));
      }
    };
  }
}
