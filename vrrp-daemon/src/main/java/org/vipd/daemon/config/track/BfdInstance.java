package org.vipd.daemon.config.track;

import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.global.Settings;
import org.vipd.protocol.value.IpAddress;

/**
 * A BFD session (RFC 5880).
 *
 * @param name the operator's name for it
 * @param place where it is defined
 * @param neighbour the other side
 * @param weight -253..253; 0 means that a lost session puts the instance into FAULT
 * @param isReversed whether the weight is turned round
 * @param settings the rest under its keywords: source_ip, min_rx, min_tx and idle_tx in
 *     milliseconds, multiplier, passive, ttl, hoplimit, max_hops, multihop
 */
public record BfdInstance(
    String name,
    Place place,
    IpAddress neighbour,
    int weight,
    boolean isReversed,
    Settings settings) {}
