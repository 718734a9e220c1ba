package org.vipd.daemon.runtime;

import org.vipd.daemon.port.AddressPort;
import org.vipd.daemon.port.AnnouncePort;
import org.vipd.daemon.port.ChannelPort;
import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.LinkPort;
import org.vipd.daemon.port.NeighbourPort;
import org.vipd.daemon.port.NetworkPort;
import org.vipd.daemon.port.NoticePort;
import org.vipd.daemon.port.RoutePort;
import org.vipd.daemon.port.ScriptPort;
import org.vipd.daemon.port.SequenceStore;
import org.vipd.daemon.port.ServicePort;
import org.vipd.daemon.port.TrackerPort;

/**
 * Everything outside the runtime.
 *
 * @param network where the loop waits
 * @param links interfaces and addresses
 * @param channels advertisements
 * @param addresses virtual addresses
 * @param routes routes that go with them
 * @param announcements gratuitous ARP and neighbour advertisements
 * @param neighbours who has which address on a LAN
 * @param scripts checks and hooks
 * @param trackers files, processes and BFD sessions that are watched
 * @param journal messages
 * @param service the service manager
 * @param notices who is told what happens
 * @param sequences sequence numbers of signed packets
 */
public record RuntimePorts(
    NetworkPort network,
    LinkPort links,
    ChannelPort channels,
    AddressPort addresses,
    RoutePort routes,
    AnnouncePort announcements,
    NeighbourPort neighbours,
    ScriptPort scripts,
    TrackerPort trackers,
    Journal journal,
    ServicePort service,
    NoticePort notices,
    SequenceStore sequences) {}
