package org.vipd.protocol.machine;

import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/**
 * The sender of the last advertisement heard.
 *
 * @param address its source address
 * @param priority 0 when it has resigned
 * @param interval as advertised
 * @param heardAtNanos monotonic time of arrival
 */
public record ActiveRouter(
    IpAddress address, Priority priority, AdvertInterval interval, long heardAtNanos)
    implements LastHeard {}
