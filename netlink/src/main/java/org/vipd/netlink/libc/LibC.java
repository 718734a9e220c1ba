package org.vipd.netlink.libc;

/**
 * Functions of the C library with integers only, so that a call allocates nothing: pointers are
 * addresses as {@code long}. What each function does is in its manual page; errno is read with
 * {@link SystemCalls#lastErrno()} right after the call.
 *
 * <p>Written by hand over {@link NativeFunction}: what JNR-FFI generates from an interface at each
 * start is the same calls, and costs a tenth of a second (docs/decisions/0017).
 */
public final class LibC {

  private final NativeFunction calloc = new NativeFunction("calloc", 2);
  private final NativeFunction free = new NativeFunction("free", 1);
  private final NativeFunction socket = new NativeFunction("socket", 3);
  private final NativeFunction bind = new NativeFunction("bind", 3);
  private final NativeFunction getsockname = new NativeFunction("getsockname", 3);
  private final NativeFunction setsockopt = new NativeFunction("setsockopt", 5);
  private final NativeFunction sendmsg = new NativeFunction("sendmsg", 3);
  private final NativeFunction recvmsg = new NativeFunction("recvmsg", 3);
  private final NativeFunction read = new NativeFunction("read", 3);
  private final NativeFunction write = new NativeFunction("write", 3);
  private final NativeFunction open = new NativeFunction("open", 3);
  private final NativeFunction mkfifo = new NativeFunction("mkfifo", 2);
  private final NativeFunction close = new NativeFunction("close", 1);
  private final NativeFunction poll = new NativeFunction("poll", 3);
  private final NativeFunction epollCreate1 = new NativeFunction("epoll_create1", 1);
  private final NativeFunction epollCtl = new NativeFunction("epoll_ctl", 4);
  private final NativeFunction epollWait = new NativeFunction("epoll_wait", 4);
  private final NativeFunction timerfdCreate = new NativeFunction("timerfd_create", 2);
  private final NativeFunction timerfdSettime = new NativeFunction("timerfd_settime", 4);
  private final NativeFunction eventfd = new NativeFunction("eventfd", 2);
  private final NativeFunction eventfdWrite = new NativeFunction("eventfd_write", 2);
  private final NativeFunction pipe2 = new NativeFunction("pipe2", 2);
  private final NativeFunction fcntl = new NativeFunction("fcntl", 3);
  private final NativeFunction inotifyInit1 = new NativeFunction("inotify_init1", 1);
  private final NativeFunction inotifyAddWatch = new NativeFunction("inotify_add_watch", 3);
  private final NativeFunction kill = new NativeFunction("kill", 2);
  private final NativeFunction waitid = new NativeFunction("waitid", 4);
  private final NativeFunction schedSetscheduler = new NativeFunction("sched_setscheduler", 3);
  private final NativeFunction mlockall = new NativeFunction("mlockall", 1);
  private final NativeFunction mallocTrim = new NativeFunction("malloc_trim", 1);
  private final NativeFunction syscall = new NativeFunction("syscall", 3);
  private final NativeFunction sigfillset = new NativeFunction("sigfillset", 1);
  private final NativeFunction sigemptyset = new NativeFunction("sigemptyset", 1);
  private final NativeFunction posixSpawnattrInit = new NativeFunction("posix_spawnattr_init", 1);
  private final NativeFunction posixSpawnattrDestroy =
      new NativeFunction("posix_spawnattr_destroy", 1);
  private final NativeFunction posixSpawnattrSetflags =
      new NativeFunction("posix_spawnattr_setflags", 2);
  private final NativeFunction posixSpawnattrSetpgroup =
      new NativeFunction("posix_spawnattr_setpgroup", 2);
  private final NativeFunction posixSpawnattrSetsigdefault =
      new NativeFunction("posix_spawnattr_setsigdefault", 2);
  private final NativeFunction posixSpawnattrSetsigmask =
      new NativeFunction("posix_spawnattr_setsigmask", 2);
  private final NativeFunction posixSpawnFileActionsInit =
      new NativeFunction("posix_spawn_file_actions_init", 1);
  private final NativeFunction posixSpawnFileActionsDestroy =
      new NativeFunction("posix_spawn_file_actions_destroy", 1);
  private final NativeFunction posixSpawnFileActionsAddopen =
      new NativeFunction("posix_spawn_file_actions_addopen", 5);
  private final NativeFunction posixSpawnFileActionsAdddup2 =
      new NativeFunction("posix_spawn_file_actions_adddup2", 3);
  private final NativeFunction posixSpawnFileActionsAddclosefromNp =
      new NativeFunction("posix_spawn_file_actions_addclosefrom_np", 2);
  private final NativeFunction posixSpawn = new NativeFunction("posix_spawn", 6);
  private final NativeFunction clockGettime = new NativeFunction("clock_gettime", 2);
  private final NativeFunction umask = new NativeFunction("umask", 1);
  private final NativeFunction chdir = new NativeFunction("chdir", 1);

  LibC() {}

  /** Allocates zeroed memory: an address, or 0. */
  public long calloc(long count, long size) {
    return calloc.call(count, size);
  }

  /** Releases memory of {@link #calloc}. */
  public void free(long address) {
    free.call(address);
  }

  /** Changes the file mode creation mask: the one before. */
  public int umask(int mask) {
    return (int) umask.call(mask);
  }

  /** Changes the working directory. */
  public int chdir(long path) {
    return (int) chdir.call(path);
  }

  /** Opens a socket. */
  public int socket(int domain, int type, int protocol) {
    return (int) socket.call(domain, type, protocol);
  }

  /** Gives a socket its local address. */
  public int bind(int fd, long address, int length) {
    return (int) bind.call(fd, address, length);
  }

  /** Reads the local address of a socket. */
  public int getsockname(int fd, long address, long lengthAddress) {
    return (int) getsockname.call(fd, address, lengthAddress);
  }

  /** Sets a socket option. */
  public int setsockopt(int fd, int level, int name, long value, int length) {
    return (int) setsockopt.call(fd, level, name, value, length);
  }

  /** Sends the datagram that a {@code struct msghdr} describes. */
  public long sendmsg(int fd, long message, int flags) {
    return sendmsg.call(fd, message, flags);
  }

  /** Receives a datagram as a {@code struct msghdr} describes. */
  public long recvmsg(int fd, long message, int flags) {
    return recvmsg.call(fd, message, flags);
  }

  /** Reads from a descriptor. */
  public long read(int fd, long buffer, long count) {
    return read.call(fd, buffer, count);
  }

  /** Writes to a descriptor. */
  public long write(int fd, long buffer, long count) {
    return write.call(fd, buffer, count);
  }

  /** Opens a file. */
  public int open(long path, int flags, int mode) {
    return (int) open.call(path, flags, mode);
  }

  /** Makes a named pipe. */
  public int mkfifo(long path, int mode) {
    return (int) mkfifo.call(path, mode);
  }

  /** Closes a descriptor. */
  public int close(int fd) {
    return (int) close.call(fd);
  }

  /** Waits for an array of {@code struct pollfd}. */
  public int poll(long descriptors, long count, int timeoutMillis) {
    return (int) poll.call(descriptors, count, timeoutMillis);
  }

  /** Opens an epoll descriptor. */
  public int epollCreate1(int flags) {
    return (int) epollCreate1.call(flags);
  }

  /** Adds, changes or removes a watched descriptor. */
  public int epollCtl(int epollFd, int operation, int fd, long event) {
    return (int) epollCtl.call(epollFd, operation, fd, event);
  }

  /** Waits for events. */
  public int epollWait(int epollFd, long events, int maximum, int timeoutMillis) {
    return (int) epollWait.call(epollFd, events, maximum, timeoutMillis);
  }

  /** Opens a timer descriptor. */
  public int timerfdCreate(int clock, int flags) {
    return (int) timerfdCreate.call(clock, flags);
  }

  /** Arms or disarms a timer descriptor. */
  public int timerfdSettime(int fd, int flags, long newValue, long oldValue) {
    return (int) timerfdSettime.call(fd, flags, newValue, oldValue);
  }

  /** Opens an event counter. */
  public int eventfd(int initial, int flags) {
    return (int) eventfd.call(initial, flags);
  }

  /** Adds to an event counter. */
  public int eventfdWrite(int fd, long value) {
    return (int) eventfdWrite.call(fd, value);
  }

  /** Opens a pipe: two descriptors as {@code int[2]}. */
  public int pipe2(long descriptors, int flags) {
    return (int) pipe2.call(descriptors, flags);
  }

  /** Changes a property of a descriptor. */
  public int fcntl(int fd, int command, int argument) {
    return (int) fcntl.call(fd, command, argument);
  }

  /** Opens a queue of file events. */
  public int inotifyInit1(int flags) {
    return (int) inotifyInit1.call(flags);
  }

  /** Watches a file or directory for events. */
  public int inotifyAddWatch(int fd, long path, int events) {
    return (int) inotifyAddWatch.call(fd, path, events);
  }

  /** Sends a signal to a process, or to a group when {@code pid} is negative. */
  public int kill(int pid, int signal) {
    return (int) kill.call(pid, signal);
  }

  /** Waits for a child process. */
  public int waitid(int idType, int id, long information, int options) {
    return (int) waitid.call(idType, id, information, options);
  }

  /** Chooses how a thread is scheduled; 0 is the calling thread. */
  public int schedSetscheduler(int threadId, int policy, long parameters) {
    return (int) schedSetscheduler.call(threadId, policy, parameters);
  }

  /** Reads a clock into a {@code timespec}: 0, or -1. */
  public int clockGettime(int clock, long timespec) {
    return (int) clockGettime.call(clock, timespec);
  }

  /** Keeps the memory of the process from being paged out. */
  public int mlockall(int flags) {
    return (int) mlockall.call(flags);
  }

  /**
   * Gives memory that was freed back to the kernel (malloc_trim(3), of the GNU C library).
   *
   * @param pad bytes to keep
   * @return 1 when memory went back, else 0, also where the C library has no such function
   */
  public int mallocTrim(long pad) {
    return mallocTrim.isPresent() ? (int) mallocTrim.call(pad) : 0;
  }

  /** Calls the kernel by number, for calls without a wrapper in older C libraries. */
  public long syscall(long number, long first, long second) {
    return syscall.call(number, first, second);
  }

  /** Fills a signal set. */
  public int sigfillset(long set) {
    return (int) sigfillset.call(set);
  }

  /** Empties a signal set. */
  public int sigemptyset(long set) {
    return (int) sigemptyset.call(set);
  }

  /** Prepares the attributes of a spawn; returns the error number. */
  public int posixSpawnattrInit(long attributes) {
    return (int) posixSpawnattrInit.call(attributes);
  }

  /** Releases the attributes of a spawn; returns the error number. */
  public int posixSpawnattrDestroy(long attributes) {
    return (int) posixSpawnattrDestroy.call(attributes);
  }

  /** Chooses which attributes count; returns the error number. */
  public int posixSpawnattrSetflags(long attributes, short flags) {
    return (int) posixSpawnattrSetflags.call(attributes, flags);
  }

  /** Chooses the process group; returns the error number. */
  public int posixSpawnattrSetpgroup(long attributes, int group) {
    return (int) posixSpawnattrSetpgroup.call(attributes, group);
  }

  /** Chooses the signals to reset; returns the error number. */
  public int posixSpawnattrSetsigdefault(long attributes, long signalSet) {
    return (int) posixSpawnattrSetsigdefault.call(attributes, signalSet);
  }

  /** Chooses the blocked signals; returns the error number. */
  public int posixSpawnattrSetsigmask(long attributes, long signalSet) {
    return (int) posixSpawnattrSetsigmask.call(attributes, signalSet);
  }

  /** Prepares the file actions of a spawn; returns the error number. */
  public int posixSpawnFileActionsInit(long actions) {
    return (int) posixSpawnFileActionsInit.call(actions);
  }

  /** Releases the file actions of a spawn; returns the error number. */
  public int posixSpawnFileActionsDestroy(long actions) {
    return (int) posixSpawnFileActionsDestroy.call(actions);
  }

  /** Opens a file in the child; returns the error number. */
  public int posixSpawnFileActionsAddopen(long actions, int fd, long path, int flags, int mode) {
    return (int) posixSpawnFileActionsAddopen.call(actions, fd, path, flags, mode);
  }

  /** Duplicates a descriptor in the child; returns the error number. */
  public int posixSpawnFileActionsAdddup2(long actions, int fd, int newFd) {
    return (int) posixSpawnFileActionsAdddup2.call(actions, fd, newFd);
  }

  /** Closes all descriptors from one up in the child; returns the error number (glibc 2.34). */
  public int posixSpawnFileActionsAddclosefromNp(long actions, int from) {
    return (int) posixSpawnFileActionsAddclosefromNp.call(actions, from);
  }

  /** Starts a process; returns the error number, of exec too. */
  public int posixSpawn(
      long pid, long path, long actions, long attributes, long arguments, long environment) {
    return (int) posixSpawn.call(pid, path, actions, attributes, arguments, environment);
  }
}
