package org.vipd.daemon.port;

/** Opens channels for advertisements. */
public interface ChannelPort {

  /** Opens a channel; what arrives is given to the receiver during {@link NetworkPort#await}. */
  AdvertisementChannel open(ChannelSpec spec, DatagramReceiver receiver) throws PortException;
}
