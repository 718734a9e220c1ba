/** VRRP wire codec and pure state machine: JDK only, no logger, no thread, no clock, no I/O. */
module org.vipd.protocol {
  exports org.vipd.protocol.bfd;
  exports org.vipd.protocol.value;
  exports org.vipd.protocol.wire;
  exports org.vipd.protocol.wire.authentication;
  exports org.vipd.protocol.machine;
}
