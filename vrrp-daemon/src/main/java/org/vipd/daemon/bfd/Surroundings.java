package org.vipd.daemon.bfd;

import org.vipd.daemon.port.Journal;
import org.vipd.daemon.port.NanoClock;
import org.vipd.daemon.port.SessionPort;

/**
 * What all sessions share.
 *
 * @param port carries their packets
 * @param clock the time
 * @param journal messages for the operator
 */
public record Surroundings(SessionPort port, NanoClock clock, Journal journal) {}
