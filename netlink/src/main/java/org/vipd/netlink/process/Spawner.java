package org.vipd.netlink.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SystemCalls;

/** Calls {@code posix_spawn} (glibc header spawn.h). */
final class Spawner {

  // glibc: 336, 80 and 128 bytes; musl is not supported.
  private static final int ATTRIBUTES_SIZE = 512;
  private static final int ACTIONS_SIZE = 256;
  private static final int SIGNAL_SET_SIZE = 128;
  private static final short FLAG_SET_GROUP = 0x02;
  private static final short FLAG_SET_SIGNAL_DEFAULT = 0x04;
  private static final short FLAG_SET_SIGNAL_MASK = 0x08;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int FIRST_OTHER = 3;
  private static final int READ_ONLY = 0;

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final Command command;

  Spawner(Command command) {
    this.command = command;
  }

  /**
   * Starts the program with input from /dev/null, output and errors to a descriptor, no other
   * descriptor, a process group of its own, no signal blocked and none handled or ignored.
   *
   * @return the process id
   */
  int spawn(int outputFd) {
    try (NativeMemory attributes = NativeMemory.scoped(ATTRIBUTES_SIZE);
        NativeMemory actions = NativeMemory.scoped(ACTIONS_SIZE)) {
      check(libC.posixSpawnattrInit(attributes.address()), "posix_spawnattr_init");
      check(libC.posixSpawnFileActionsInit(actions.address()), "posix_spawn_file_actions_init");
      try (NativeMemory nothing = NativeMemory.scoped("/dev/null")) {
        setAttributes(attributes.address());
        setDescriptors(actions.address(), nothing.address(), outputFd);
        return start(attributes, actions);
      } finally {
        libC.posixSpawnFileActionsDestroy(actions.address());
        libC.posixSpawnattrDestroy(attributes.address());
      }
    }
  }

  private void setAttributes(long attributes) {
    try (NativeMemory all = NativeMemory.scoped(SIGNAL_SET_SIZE);
        NativeMemory none = NativeMemory.scoped(SIGNAL_SET_SIZE)) {
      calls.check(libC.sigfillset(all.address()), "sigfillset", "");
      calls.check(libC.sigemptyset(none.address()), "sigemptyset", "");
      short flags = FLAG_SET_GROUP | FLAG_SET_SIGNAL_DEFAULT | FLAG_SET_SIGNAL_MASK;
      check(libC.posixSpawnattrSetflags(attributes, flags), "posix_spawnattr_setflags");
      check(libC.posixSpawnattrSetpgroup(attributes, 0), "posix_spawnattr_setpgroup");
      check(
          libC.posixSpawnattrSetsigdefault(attributes, all.address()),
          "posix_spawnattr_setsigdefault");
      check(
          libC.posixSpawnattrSetsigmask(attributes, none.address()), "posix_spawnattr_setsigmask");
    }
  }

  private void setDescriptors(long actions, long nothingPath, int outputFd) {
    String call = "posix_spawn_file_actions_adddup2";
    check(
        libC.posixSpawnFileActionsAddopen(actions, STDIN, nothingPath, READ_ONLY, 0),
        "posix_spawn_file_actions_addopen");
    check(libC.posixSpawnFileActionsAdddup2(actions, outputFd, STDOUT), call);
    check(libC.posixSpawnFileActionsAdddup2(actions, outputFd, STDERR), call);
    // The Java runtime opens descriptors without close-on-exec, so closing ours is not enough.
    check(
        libC.posixSpawnFileActionsAddclosefromNp(actions, FIRST_OTHER),
        "posix_spawn_file_actions_addclosefrom_np");
  }

  private int start(NativeMemory attributes, NativeMemory actions) {
    List<String> variables =
        command.environment().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .toList();
    try (NativeMemory path = NativeMemory.scoped(command.program());
        NativeMemory pid = NativeMemory.scoped(Integer.BYTES);
        NativeMemory arguments = stringArray(command.argv());
        NativeMemory environment = stringArray(variables)) {
      int result =
          libC.posixSpawn(
              pid.address(),
              path.address(),
              actions.address(),
              attributes.address(),
              arguments.address(),
              environment.address());
      check(result, "posix_spawn");
      return pid.buffer().getInt(0);
    }
  }

  /** Returns a zero-terminated array of pointers, followed by the texts they point to. */
  private static NativeMemory stringArray(List<String> texts) {
    List<byte[]> encoded = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    int offset = (texts.size() + 1) * Long.BYTES;
    int size = offset + encoded.stream().mapToInt(bytes -> bytes.length + 1).sum();
    NativeMemory memory = NativeMemory.scoped(size);
    ByteBuffer buffer = memory.buffer();
    for (int i = 0; i < encoded.size(); i++) {
      buffer.putLong(i * Long.BYTES, memory.address() + offset);
      buffer.put(offset, encoded.get(i));
      offset += encoded.get(i).length + 1;
    }
    return memory;
  }

  private void check(int errorNumber, String call) {
    calls.checkErrorNumber(errorNumber, call, command.program());
  }
}
