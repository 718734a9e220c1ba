package org.vipd.netlink.libc;

/**
 * Functions of the C library with integers only, so that a call allocates nothing: pointers are
 * addresses as {@code long}. The C name is the Java name with each capital letter replaced by an
 * underscore and its small form. What each function does is in its manual page; errno is read with
 * {@link SystemCalls#lastErrno()} right after the call.
 *
 * <p>Public because JNR-FFI generates the implementation in another class loader. No function here
 * may have exactly six parameters: with its x86-64 stubs enabled JNR-FFI passes garbage as the
 * sixth (jnr-ffi issue 181); a seventh that C ignores avoids that.
 */
public interface LibC {

  /** Allocates zeroed memory: an address, or 0. */
  long calloc(long count, long size);

  /** Releases memory of {@link #calloc}. */
  void free(long address);

  /** Opens a socket. */
  int socket(int domain, int type, int protocol);

  /** Gives a socket its local address. */
  int bind(int fd, long address, int length);

  /** Sets a socket option. */
  int setsockopt(int fd, int level, int name, long value, int length);

  /** Sends the datagram that a {@code struct msghdr} describes. */
  long sendmsg(int fd, long message, int flags);

  /** Receives a datagram as a {@code struct msghdr} describes. */
  long recvmsg(int fd, long message, int flags);

  /** Reads from a descriptor. */
  long read(int fd, long buffer, long count);

  /** Writes to a descriptor. */
  long write(int fd, long buffer, long count);

  /** Opens a file. */
  int open(long path, int flags, int mode);

  /** Makes a named pipe. */
  int mkfifo(long path, int mode);

  /** Closes a descriptor. */
  int close(int fd);

  /** Waits for an array of {@code struct pollfd}. */
  int poll(long descriptors, long count, int timeoutMillis);

  /** Opens an epoll descriptor. */
  int epollCreate1(int flags);

  /** Adds, changes or removes a watched descriptor. */
  int epollCtl(int epollFd, int operation, int fd, long event);

  /** Waits for events. */
  int epollWait(int epollFd, long events, int maximum, int timeoutMillis);

  /** Opens a timer descriptor. */
  int timerfdCreate(int clock, int flags);

  /** Arms or disarms a timer descriptor. */
  int timerfdSettime(int fd, int flags, long newValue, long oldValue);

  /** Opens an event counter. */
  int eventfd(int initial, int flags);

  /** Adds to an event counter. */
  int eventfdWrite(int fd, long value);

  /** Opens a pipe: two descriptors as {@code int[2]}. */
  int pipe2(long descriptors, int flags);

  /** Changes a property of a descriptor. */
  int fcntl(int fd, int command, int argument);

  /** Opens a queue of file events. */
  int inotifyInit1(int flags);

  /** Watches a file or directory for events. */
  int inotifyAddWatch(int fd, long path, int events);

  /** Sends a signal to a process, or to a group when {@code pid} is negative. */
  int kill(int pid, int signal);

  /** Waits for a child process. */
  int waitid(int idType, int id, long information, int options);

  /** Chooses how a thread is scheduled; 0 is the calling thread. */
  int schedSetscheduler(int threadId, int policy, long parameters);

  /** Keeps the memory of the process from being paged out. */
  int mlockall(int flags);

  /** Calls the kernel by number, for calls without a wrapper in older C libraries. */
  long syscall(long number, long first, long second);

  /** Fills a signal set. */
  int sigfillset(long set);

  /** Empties a signal set. */
  int sigemptyset(long set);

  /** Prepares the attributes of a spawn; returns the error number. */
  int posixSpawnattrInit(long attributes);

  /** Releases the attributes of a spawn; returns the error number. */
  int posixSpawnattrDestroy(long attributes);

  /** Chooses which attributes count; returns the error number. */
  int posixSpawnattrSetflags(long attributes, short flags);

  /** Chooses the process group; returns the error number. */
  int posixSpawnattrSetpgroup(long attributes, int group);

  /** Chooses the signals to reset; returns the error number. */
  int posixSpawnattrSetsigdefault(long attributes, long signalSet);

  /** Chooses the blocked signals; returns the error number. */
  int posixSpawnattrSetsigmask(long attributes, long signalSet);

  /** Prepares the file actions of a spawn; returns the error number. */
  int posixSpawnFileActionsInit(long actions);

  /** Releases the file actions of a spawn; returns the error number. */
  int posixSpawnFileActionsDestroy(long actions);

  /** Opens a file in the child; returns the error number. */
  int posixSpawnFileActionsAddopen(long actions, int fd, long path, int flags, int mode);

  /** Duplicates a descriptor in the child; returns the error number. */
  int posixSpawnFileActionsAdddup2(long actions, int fd, int newFd);

  /** Closes all descriptors from one up in the child; returns the error number (glibc 2.34). */
  int posixSpawnFileActionsAddclosefromNp(long actions, int from);

  /** Starts a process; returns the error number, of exec too. The last parameter is padding. */
  int posixSpawn(
      long pid,
      long path,
      long actions,
      long attributes,
      long arguments,
      long environment,
      long padding);
}
