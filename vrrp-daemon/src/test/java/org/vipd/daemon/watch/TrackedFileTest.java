package org.vipd.daemon.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.track.FileTracker;

class TrackedFileTest {

  @TempDir private Path folder;

  private TrackedFile file(FileTracker.Initial initial) {
    String path = folder.resolve("value").toString();
    return new TrackedFile(new FileTracker("f", Place.ofFile("k"), path, 1, false, initial));
  }

  @ParameterizedTest
  @CsvSource({
    "'12\n', 12",
    "' -7 and more', -7",
    "0x10, 16",
    "010, 8",
    "-0x1F, -31",
    "+3, 3",
    "0, 0",
    "'', 0",
    "garbage, 0",
    "2147483647, 2147483647",
    "2147483648, 2147483647",
    "-2147483648, -2147483648",
    "2147483649, 0",
    "-2147483649, 0",
    "99999999999999999999, 0"
  })
  void readsTheNumberAsCDoes(String content, int value) throws IOException {
    Files.writeString(folder.resolve("value"), content);
    assertThat(file(FileTracker.Initial.NONE).read().value()).isEqualTo(value);
  }

  @Test
  void keepsTheLastNumberWhenTheNextDoesNotFitAndSaysSo() throws IOException {
    TrackedFile file = file(FileTracker.Initial.NONE);
    assertThat(file.read().text()).endsWith("value does not exist, which counts as 0");
    Files.writeString(folder.resolve("value"), "5");
    assertThat(file.read().value()).isEqualTo(5);
    Files.writeString(folder.resolve("value"), "99999999999");
    assertThat(file.read().value()).isEqualTo(5);
    assertThat(file.read().text()).contains("beyond 32 bits");
    Files.write(folder.resolve("value"), new byte[] {0, -1, 7});
    assertThat(file.read().text()).contains("does not begin with a number, which counts as 0");
    Files.delete(folder.resolve("value"));
    Files.createDirectory(folder.resolve("value"));
    assertThat(file.read().text()).contains("no regular file");
  }

  @Test
  void takesARelativePathFromTheDirectoryOfTheProcess() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Files.writeString(folder.resolve("value"), "5");
    String relative = here.relativize(folder.resolve("value")).toString();
    Place place = Place.ofFile("/etc/vipd/vipd.yaml");
    TrackedFile file =
        new TrackedFile(
            new FileTracker(
                "f", place, relative, 1, false, new FileTracker.Initial(OptionalInt.of(9), true)));
    assertThat(file.path()).isEqualTo(here.resolve(relative));
    assertThat(file.read().value()).isEqualTo(5);
    assertThat(file.initialize()).isEmpty();
    assertThat(Files.readString(folder.resolve("value"))).isEqualTo("9\n");
  }

  @Test
  void saysWhatTheOneNumberAboveTheLimitCountsAs() throws IOException {
    Files.writeString(folder.resolve("value"), "2147483648");
    TrackedFile file = file(FileTracker.Initial.NONE);
    assertThat(file.read().text()).endsWith("value holds 2147483648, which counts as 2147483647");
    assertThat(file.isUsable()).isTrue();
  }

  @Test
  void createsTheFileAndOverwritesItOnlyWhenAsked() throws IOException {
    Path path = folder.resolve("value");
    assertThat(file(new FileTracker.Initial(OptionalInt.of(4), false)).initialize()).isEmpty();
    assertThat(Files.readString(path)).isEqualTo("4\n");
    file(new FileTracker.Initial(OptionalInt.of(9), false)).initialize();
    assertThat(Files.readString(path)).isEqualTo("4\n");
    file(new FileTracker.Initial(OptionalInt.of(9), true)).initialize();
    assertThat(Files.readString(path)).isEqualTo("9\n");
  }

  @ParameterizedTest
  @CsvSource({"'7\n', true", "'', true", "' \n', true", "garbage, false", "99999999999, false"})
  void tellsNumbersFromWhatIsNone(String content, boolean isUsable) throws IOException {
    Files.writeString(folder.resolve("value"), content);
    TrackedFile file = file(FileTracker.Initial.NONE);
    file.read();
    assertThat(file.isUsable()).isEqualTo(isUsable);
    Files.delete(folder.resolve("value"));
    file.read();
    assertThat(file.isUsable()).isTrue();
  }
}
