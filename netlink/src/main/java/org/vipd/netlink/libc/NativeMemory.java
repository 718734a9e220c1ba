package org.vipd.netlink.libc;

import com.kenai.jffi.MemoryIO;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Zeroed memory outside the Java heap, in the byte order of the machine, with a fixed address.
 *
 * <p>Either scoped (released by {@link #close()}, after which neither the address nor the buffer
 * may be used) or kept (released some time after the object became unreachable; close does
 * nothing).
 */
public final class NativeMemory implements AutoCloseable {

  private final ByteBuffer buffer;
  private final long address;
  private boolean releasedByClose;

  private NativeMemory(ByteBuffer buffer, long address, boolean releasedByClose) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.address = address;
    this.releasedByClose = releasedByClose;
  }

  /**
   * Allocates memory that lives until {@link #close()}.
   *
   * @param bytes 1 or more
   */
  public static NativeMemory scoped(int bytes) {
    long address = SystemCalls.get().libC().calloc(1, bytes);
    if (address == 0) {
      throw new SyscallException("calloc", Errno.ENOMEM, bytes + " bytes");
    }
    return new NativeMemory(
        MemoryIO.getInstance().newDirectByteBuffer(address, bytes), address, true);
  }

  /** Allocates scoped memory with a text in UTF-8 and its terminating zero. */
  public static NativeMemory scoped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    NativeMemory memory = scoped(bytes.length + 1);
    memory.buffer.put(0, bytes);
    return memory;
  }

  /**
   * Allocates memory that lives as long as this object is reachable, for owners that live long.
   *
   * @param bytes 1 or more
   */
  public static NativeMemory kept(int bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    return new NativeMemory(buffer, MemoryIO.getInstance().getDirectBufferAddress(buffer), false);
  }

  /** Returns the address of the first byte. */
  public long address() {
    return address;
  }

  /** Returns the memory as one shared buffer in native byte order. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Returns the size in bytes. */
  public int size() {
    return buffer.capacity();
  }

  /** Releases scoped memory; for both kinds the memory stays valid up to this call. */
  @Override
  public void close() {
    try {
      if (releasedByClose) {
        releasedByClose = false;
        SystemCalls.get().libC().free(address);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
