package org.vipd.netlink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  private static final String BASE = "org.vipd.netlink.";
  private static final int FILE_MAXIMUM = 400;

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.vipd.netlink");

  @ParameterizedTest
  @CsvSource({
    "address, ''",
    "libc, ''",
    "message, address",
    "socket, libc message address",
    "route, message socket libc address",
    "arp, address",
    "ndp, address",
    "neighbour, address ndp",
    "process, libc",
    "watch, libc"
  })
  void usesOnlyTheAllowedPackages(String name, String allowed) {
    List<String> packages = new ArrayList<>(List.of(BASE + name));
    Stream.of(allowed.split(" "))
        .filter(other -> !other.isEmpty())
        .map(BASE::concat)
        .forEach(packages::add);
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "a package of this module not named in the package-info of " + name,
            used ->
                used.getPackageName().startsWith(BASE)
                    && !packages.contains(used.getPackageName()));

    noClasses()
        .that()
        .resideInAPackage(BASE + name)
        .should()
        .dependOnClassesThat(forbidden)
        .check(classes);
  }

  @Test
  void usesJnrInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "libc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.kenai..")
        .check(classes);
  }

  @Test
  void usesNothingBesideTheJdkAndJnr() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.vipd.netlink..", "java..", "com.kenai.jffi..")
        .check(classes);
  }

  @Test
  void hasNoChangingStaticFields() {
    fields().that().areStatic().should().beFinal().check(classes);
  }

  @Test
  void keepsFilesShort() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(file))
            .as(file.toString())
            .hasSizeLessThanOrEqualTo(FILE_MAXIMUM);
      }
    }
  }

  @Test
  void doesNotSayWhatItIsUsedFor() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContainIgnoringCase("vrrp");
      }
    }
  }
}
