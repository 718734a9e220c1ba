package org.vipd.protocol;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.vipd.protocol.wire.Advertisement;

class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.vipd.protocol");
  private static final String VALUE = "org.vipd.protocol.value..";
  private static final String WIRE = "org.vipd.protocol.wire";
  private static final String AUTHENTICATION = "org.vipd.protocol.wire.authentication..";
  private static final String BFD = "org.vipd.protocol.bfd..";
  private static final String MACHINE = "org.vipd.protocol.machine..";

  @Test
  void usesTheJdkAndItselfOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax.crypto..", "org.vipd.protocol..")
        .check(MAIN);
  }

  @Test
  void keepsClocksThreadsFilesAndLoggersOut() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.time..",
            "java.util.concurrent..",
            "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .because("time and effects come from outside")
        .check(MAIN);
  }

  @Test
  void readsNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(MAIN);
  }

  @Test
  void valueKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(VALUE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WIRE, AUTHENTICATION, MACHINE)
        .check(MAIN);
  }

  @Test
  void authenticationKnowsValueOnly() {
    noClasses()
        .that()
        .resideInAPackage(AUTHENTICATION)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WIRE, MACHINE)
        .check(MAIN);
  }

  @Test
  void sessionsAndRoutersKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(BFD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(VALUE, WIRE, AUTHENTICATION, MACHINE)
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage(BFD)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BFD)
        .check(MAIN);
  }

  @Test
  void wireDoesNotKnowTheMachine() {
    noClasses()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(MACHINE)
        .check(MAIN);
  }

  @Test
  void machineKnowsOfTheWireOnlyTheAdvertisement() {
    noClasses()
        .that()
        .resideInAPackage(MACHINE)
        .should()
        .dependOnClassesThat(wireClassesButTheAdvertisement())
        .check(MAIN);
  }

  @Test
  void staticFieldsAreFinal() {
    fields().that().areStatic().should(beFinal()).check(MAIN);
  }

  private static DescribedPredicate<JavaClass> wireClassesButTheAdvertisement() {
    return DescribedPredicate.describe(
        "are wire classes other than Advertisement",
        type ->
            type.getPackageName().startsWith(WIRE)
                && !type.getFullName().equals(Advertisement.class.getName()));
  }
}
