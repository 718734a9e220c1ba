package org.vipd.netlink.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.Test;

class SystemCallsTest {

  private static final int PROTECTION_READ = 1;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final long PAGE = 4096;

  private final SystemCalls calls = SystemCalls.get();

  /** JNR generates the implementation, so it must be public. */
  public interface SixArguments {
    /** Fails with EINVAL unless the sixth argument is a multiple of the page size. */
    long mmap(long address, long length, int protection, int flags, int fd, long offset);

    /** Undoes mmap. */
    int munmap(long address, long length);
  }

  @Test
  void passesTheSixthArgument() {
    SixArguments library = LibraryLoader.create(SixArguments.class).load("c");

    long mapped = library.mmap(0, PAGE, PROTECTION_READ, MAP_PRIVATE_ANONYMOUS, -1, 0);
    assertThat(mapped).isNotEqualTo(-1);
    assertThat(library.munmap(mapped, PAGE)).isZero();
    assertThat(library.mmap(0, PAGE, PROTECTION_READ, MAP_PRIVATE_ANONYMOUS, -1, 1)).isEqualTo(-1);
  }

  @Test
  void declaresNoFunctionOfSixParameters() {
    assertThat(LibC.class.getMethods()).noneMatch(method -> method.getParameterCount() == 6);
  }

  @Test
  void declaresIntegersOnly() {
    assertThat(LibC.class.getMethods())
        .allMatch(method -> Arrays.stream(method.getParameterTypes()).allMatch(Class::isPrimitive));
  }

  @Test
  void findsEveryFunctionInTheLibrary() {
    assertThatCode(() -> SystemCalls.loader().failImmediately().load("c"))
        .doesNotThrowAnyException();
  }

  @Test
  void turnsJavaNamesIntoNativeOnes() {
    assertThat(SystemCalls.nativeName("timerfdCreate")).isEqualTo("timerfd_create");
    assertThat(SystemCalls.nativeName("epollCreate1")).isEqualTo("epoll_create1");
  }

  @Test
  void switchesTheFaultyStubsOff() {
    assertThat(System.getProperty("jnr.ffi.x86asm.enabled")).isEqualTo("false");
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
}
