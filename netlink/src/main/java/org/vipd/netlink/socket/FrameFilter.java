package org.vipd.netlink.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vipd.netlink.libc.NativeMemory;

/**
 * Programs for the kernel's packet filter (kernel headers filter.h, bpf_common.h): which frames of
 * other hosts, or which netlink messages, a socket receives. Frames of a VLAN belong to another
 * interface.
 */
final class FrameFilter {

  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_BYTE = 0x30;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_SET = 0x45;
  private static final int RETURN = 0x06;
  private static final int ANCILLARY = -0x1000;
  private static final int PACKET_TYPE = ANCILLARY + 4;
  private static final int VLAN_TAG_PRESENT = ANCILLARY + 48;
  private static final int OUTGOING = 4;

  private static final int ETHERTYPE_OFFSET = 12;
  private static final int IPV4_PROTOCOL_OFFSET = 23;
  private static final int IPV6_NEXT_HEADER_OFFSET = 20;
  private static final int ICMPV6_TYPE_OFFSET = 54;
  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86DD;
  private static final int ICMPV6 = 58;
  private static final int NEIGHBOR_ADVERTISEMENT = 136;

  private static final int NETLINK_TYPE_OFFSET = 4;
  private static final int NETLINK_SEQUENCE_OFFSET = 8;
  private static final int NETLINK_PORT_OFFSET = 12;
  private static final int NETLINK_HEADER_LENGTH = 16;

  private static final boolean IS_REVERSED = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private static final int INSTRUCTION_LENGTH = 8;
  private static final int PROGRAM_LENGTH = 16;
  private static final int PROGRAM_POINTER_OFFSET = 8;
  private static final int WHOLE_FRAME = 0xFFFF;

  /** Where a jump goes. */
  private enum Label {
    NEXT,
    IPV4,
    IPV6,
    ACCEPT,
    DROP
  }

  private record Instruction(int code, Label ifTrue, Label ifFalse, int operand) {}

  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Label, Integer> places = new EnumMap<>(Label.class);

  private FrameFilter() {}

  /** Any frame of another host. */
  static FrameFilter any() {
    return new FrameFilter().fromOthers().end();
  }

  /** ARP, neighbour advertisements, and packets of these IP protocols. */
  static FrameFilter aboutAddresses(int... ipProtocols) {
    FrameFilter filter = new FrameFilter().fromOthers();
    filter.load(LOAD_HALF, ETHERTYPE_OFFSET);
    filter.jump(ETHERTYPE_ARP, Label.ACCEPT, Label.NEXT);
    filter.jump(ETHERTYPE_IPV4, Label.IPV4, Label.NEXT);
    filter.jump(ETHERTYPE_IPV6, Label.IPV6, Label.DROP);
    filter.mark(Label.IPV4);
    filter.load(LOAD_BYTE, IPV4_PROTOCOL_OFFSET);
    for (int protocol : ipProtocols) {
      filter.jump(protocol, Label.ACCEPT, Label.NEXT);
    }
    filter.give(0);
    filter.mark(Label.IPV6);
    filter.load(LOAD_BYTE, IPV6_NEXT_HEADER_OFFSET);
    for (int protocol : ipProtocols) {
      filter.jump(protocol, Label.ACCEPT, Label.NEXT);
    }
    filter.jump(ICMPV6, Label.NEXT, Label.DROP);
    filter.load(LOAD_BYTE, ICMPV6_TYPE_OFFSET);
    filter.jump(NEIGHBOR_ADVERTISEMENT, Label.ACCEPT, Label.DROP);
    return filter.end();
  }

  /**
   * Netlink messages but those of a type that report what a socket with this port requested, with a
   * sequence number that has this bit.
   */
  static FrameFilter netlinkExcept(int type, int port, int sequenceBit) {
    FrameFilter filter = new FrameFilter();
    filter.load(LOAD_HALF, NETLINK_TYPE_OFFSET);
    filter.jump(half(type), Label.NEXT, Label.ACCEPT);
    filter.load(LOAD_WORD, NETLINK_PORT_OFFSET);
    filter.jump(word(port), Label.NEXT, Label.ACCEPT);
    filter.load(LOAD_WORD, NETLINK_SEQUENCE_OFFSET);
    filter.instructions.add(
        new Instruction(JUMP_IF_SET, Label.DROP, Label.ACCEPT, word(sequenceBit)));
    return filter.end();
  }

  /**
   * Netlink messages of one type, those of another with this octet at an offset of their body, and
   * no others.
   */
  static FrameFilter netlinkOnly(int wholeType, int type, int bodyOffset, int octet) {
    FrameFilter filter = new FrameFilter();
    filter.load(LOAD_HALF, NETLINK_TYPE_OFFSET);
    filter.jump(half(wholeType), Label.ACCEPT, Label.NEXT);
    filter.jump(half(type), Label.NEXT, Label.DROP);
    filter.load(LOAD_BYTE, NETLINK_HEADER_LENGTH + bodyOffset);
    filter.jump(octet, Label.ACCEPT, Label.DROP);
    return filter.end();
  }

  /** The filter reads in network order what the kernel wrote in its own. */
  private static int half(int number) {
    return IS_REVERSED ? Short.toUnsignedInt(Short.reverseBytes((short) number)) : number;
  }

  private static int word(int number) {
    return IS_REVERSED ? Integer.reverseBytes(number) : number;
  }

  private FrameFilter fromOthers() {
    load(LOAD_WORD, PACKET_TYPE);
    jump(OUTGOING, Label.DROP, Label.NEXT);
    load(LOAD_WORD, VLAN_TAG_PRESENT);
    jump(0, Label.NEXT, Label.DROP);
    return this;
  }

  private FrameFilter end() {
    mark(Label.ACCEPT);
    give(WHOLE_FRAME);
    mark(Label.DROP);
    give(0);
    return this;
  }

  private void load(int code, int offset) {
    instructions.add(new Instruction(code, Label.NEXT, Label.NEXT, offset));
  }

  private void jump(int value, Label ifEqual, Label otherwise) {
    instructions.add(new Instruction(JUMP_IF_EQUAL, ifEqual, otherwise, value));
  }

  private void give(int octets) {
    instructions.add(new Instruction(RETURN, Label.NEXT, Label.NEXT, octets));
  }

  private void mark(Label label) {
    places.put(label, instructions.size());
  }

  /** Puts the program in force on a socket. */
  void attach(SocketSetup socket, int option) {
    try (NativeMemory code = NativeMemory.scoped(instructions.size() * INSTRUCTION_LENGTH);
        NativeMemory program = NativeMemory.scoped(PROGRAM_LENGTH)) {
      for (int i = 0; i < instructions.size(); i++) {
        write(code.buffer(), i);
      }
      program.buffer().putShort(0, (short) instructions.size());
      program.buffer().putLong(PROGRAM_POINTER_OFFSET, code.address());
      socket.option(SocketSetup.SOL_SOCKET, option, program, "SO_ATTACH_FILTER");
    }
  }

  private void write(ByteBuffer code, int index) {
    Instruction instruction = instructions.get(index);
    code.putShort((short) instruction.code())
        .put((byte) distance(index, instruction.ifTrue()))
        .put((byte) distance(index, instruction.ifFalse()))
        .putInt(instruction.operand());
  }

  private int distance(int index, Label label) {
    return label == Label.NEXT ? 0 : places.get(label) - index - 1;
  }
}
