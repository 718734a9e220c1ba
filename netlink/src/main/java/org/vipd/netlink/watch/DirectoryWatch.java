package org.vipd.netlink.watch;

import org.vipd.netlink.libc.Errno;
import org.vipd.netlink.libc.FileDescriptor;
import org.vipd.netlink.libc.LibC;
import org.vipd.netlink.libc.NativeMemory;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.libc.SystemCalls;

/**
 * Tells that something in one of several directories was written, created, renamed or removed
 * (inotify(7)). What it was the caller finds out by looking. For one thread.
 */
public final class DirectoryWatch implements AutoCloseable {

  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final int CLOSE_WRITE = 0x8;
  private static final int MOVED_FROM = 0x40;
  private static final int MOVED_TO = 0x80;
  private static final int CREATE = 0x100;
  private static final int DELETE = 0x200;
  private static final int DELETE_SELF = 0x400;
  private static final int MOVE_SELF = 0x800;
  private static final int UNMOUNT = 0x2000;
  private static final int IGNORED = 0x8000;
  private static final int ENDS = DELETE_SELF | MOVE_SELF | UNMOUNT | IGNORED;
  private static final int ONLY_DIRECTORY = 0x0100_0000;
  private static final int EVENTS =
      CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | DELETE_SELF | MOVE_SELF;
  private static final int BUFFER = 16_384;

  /** Of {@code struct inotify_event}: the mask, the length of the name, and where that begins. */
  private static final int MASK_OFFSET = 4;

  private static final int LENGTH_OFFSET = 12;
  private static final int NAME_OFFSET = 16;

  /** What became of the directories since they were asked for last. */
  public enum News {
    /** Nothing. */
    NONE,
    /** Something in one of them changed. */
    CHANGED,
    /**
     * One of them was removed, moved or unmounted: what has its name now is not watched, so that
     * all have to be watched anew.
     */
    ENDED
  }

  private final SystemCalls calls = SystemCalls.get();
  private final LibC libC = calls.libC();
  private final FileDescriptor fd;
  private final NativeMemory buffer = NativeMemory.kept(BUFFER);

  private DirectoryWatch(FileDescriptor fd) {
    this.fd = fd;
  }

  /** Opens the queue of events; no directory is watched yet. */
  public static DirectoryWatch open() {
    SystemCalls calls = SystemCalls.get();
    int number = calls.libC().inotifyInit1(NONBLOCK | CLOEXEC);
    return new DirectoryWatch(new FileDescriptor(calls.check(number, "inotify_init1", "")));
  }

  /** Returns the descriptor to watch for reading. */
  public int fd() {
    return fd.number();
  }

  /**
   * Watches a directory; one that is watched already stays so.
   *
   * @throws SyscallException for example ENOENT, ENOTDIR, EACCES, ENOSPC
   */
  public void add(String directory) {
    try (NativeMemory path = NativeMemory.scoped(directory)) {
      int result = libC.inotifyAddWatch(fd.number(), path.address(), EVENTS | ONLY_DIRECTORY);
      calls.check(result, "inotify_add_watch", directory);
    }
  }

  /** Takes all events off the queue and tells what they amount to. */
  public News drain() {
    News news = News.NONE;
    int count = (int) libC.read(fd.number(), buffer.address(), BUFFER);
    while (count > 0) {
      boolean isEnd = news == News.ENDED || tellsOfAnEnd(count);
      news = isEnd ? News.ENDED : News.CHANGED;
      count = (int) libC.read(fd.number(), buffer.address(), BUFFER);
    }
    int errno = calls.lastErrno();
    if (errno != Errno.EAGAIN.number() && errno != Errno.EINTR.number()) {
      throw new SyscallException("read", Errno.of(errno), "inotify");
    }
    return news;
  }

  private boolean tellsOfAnEnd(int count) {
    for (int at = 0; at + NAME_OFFSET <= count; ) {
      if ((buffer.buffer().getInt(at + MASK_OFFSET) & ENDS) != 0) {
        return true;
      }
      at += NAME_OFFSET + buffer.buffer().getInt(at + LENGTH_OFFSET);
    }
    return false;
  }

  /** Ends all watching. */
  @Override
  public void close() {
    fd.close();
  }
}
