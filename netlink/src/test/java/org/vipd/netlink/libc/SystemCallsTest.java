package org.vipd.netlink.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SystemCallsTest {

  private static final int PROTECTION_READ = 1;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final long PAGE = 4096;

  private final SystemCalls calls = SystemCalls.get();

  @Test
  void passesSixArguments() {
    NativeFunction map = new NativeFunction("mmap", 6);

    long mapped = map.call(0, PAGE, PROTECTION_READ, MAP_PRIVATE_ANONYMOUS, -1, 0);
    assertThat(mapped).isNotEqualTo(-1);
    assertThat(new NativeFunction("munmap", 2).call(mapped, PAGE)).isZero();
    // the sixth one is the offset, which must be a multiple of the page size
    assertThat(map.call(0, PAGE, PROTECTION_READ, MAP_PRIVATE_ANONYMOUS, -1, 1)).isEqualTo(-1);
    assertThat(Errno.of(calls.lastErrno())).isEqualTo(Errno.EINVAL);
  }

  @Test
  void takesNegativeNumbersAndGivesThem() {
    assertThat(calls.libC().close(-1)).isEqualTo(-1);
    assertThat(Errno.of(calls.lastErrno())).isEqualTo(Errno.EBADF);
    assertThat(new NativeFunction("labs", 1).call(Long.MIN_VALUE + 1)).isEqualTo(Long.MAX_VALUE);
    assertThat((int) new NativeFunction("abs", 1).call(-5)).isEqualTo(5);
  }

  @Test
  void refusesAnotherNumberOfArguments() {
    NativeFunction function = new NativeFunction("labs", 1);

    assertThatThrownBy(() -> function.call(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labs takes 1 arguments, not 2");
  }

  @Test
  void namesAFunctionThatTheLibraryLacks() {
    NativeFunction function = new NativeFunction("no_such_function", 1);

    assertThatThrownBy(() -> function.call(1))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessage("the C library has no no_such_function: too old?");
  }

  /** Each declaration, with the number of parameters that its method has. */
  @Test
  void findsEveryFunctionInTheLibrary() throws IllegalAccessException {
    Map<String, NativeFunction> functions = new TreeMap<>();
    for (Field field : LibC.class.getDeclaredFields()) {
      field.setAccessible(true);
      functions.put(field.getName(), (NativeFunction) field.get(calls.libC()));
    }
    assertThat(functions).hasSizeGreaterThan(40);
    assertThat(functions.values()).allMatch(NativeFunction::isPresent);
    for (Method method : LibC.class.getDeclaredMethods()) {
      assertThat(functions.get(method.getName()))
          .as(method.getName())
          .hasToString(nativeName(method.getName()) + "/" + method.getParameterCount());
    }
  }

  private static String nativeName(String javaName) {
    return javaName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Test
  void namesCallErrorAndContextOfAFailure() {
    int result = calls.libC().kill(0, 999);

    assertThatThrownBy(() -> calls.check(result, "kill", "own group"))
        .isInstanceOf(SyscallException.class)
        .hasMessage("kill: EINVAL (Invalid argument) on own group");
  }

  @Test
  void suggestsTheMissingCapability() {
    assertThat(new SyscallException("sendmsg", Errno.EPERM, "eth0 to 224.0.0.18"))
        .hasMessage(
            "sendmsg: EPERM (Operation not permitted) on eth0 to 224.0.0.18; CAP_NET_RAW missing?");
    assertThat(new SyscallException("rtnetlink", Errno.EPERM, "").getMessage())
        .endsWith("CAP_NET_ADMIN missing?");
  }

  @Test
  void namesUnknownErrors() {
    assertThat(Errno.of(9999)).hasToString("errno 9999 (unknown error)");
    assertThat(Errno.of(19)).isEqualTo(Errno.ENODEV);
  }

  @Test
  void zeroesScopedMemoryAndTerminatesTexts() {
    try (NativeMemory text = NativeMemory.scoped("aé")) {
      assertThat(text.size()).isEqualTo(4);
      assertThat(text.buffer().get(3)).isZero();
      assertThat(text.address()).isNotZero();
    }
  }

  @Test
  void closesADescriptorOnce() {
    int number = calls.libC().eventfd(0, 0);
    FileDescriptor first = new FileDescriptor(number);
    first.close();
    try (FileDescriptor reused = new FileDescriptor(calls.libC().eventfd(0, 0))) {
      first.close();

      assertThat(calls.libC().eventfdWrite(reused.number(), 1)).isZero();
    }
  }

  @Test
  void freedMemoryGoesBackToTheKernel() throws IOException {
    int blocks = 2_000;
    int size = 64 << 10;
    List<NativeMemory> held = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      NativeMemory block = NativeMemory.scoped(size);
      for (int at = 0; at < size; at += (int) PAGE) {
        block.buffer().put(at, (byte) 1);
      }
      held.add(block);
    }
    long before = residentBytes();
    // the last one stays, so that the C library does not shrink its heap by itself
    held.subList(0, blocks - 1).forEach(NativeMemory::close);

    assertThat(SystemCalls.get().libC().mallocTrim(0)).isEqualTo(1);

    assertThat(before - residentBytes()).isGreaterThan((long) blocks * size / 2);
    held.get(blocks - 1).close();
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * PAGE;
  }
}
