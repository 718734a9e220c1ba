package org.vipd.protocol.wire;

import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.value.Vrid;
import org.vipd.protocol.value.VrrpVersion;

/**
 * The one message of the protocol.
 *
 * @param version message layout
 * @param vrid virtual router spoken of
 * @param priority of the sender; 0 means that it stops
 * @param interval of the sender
 * @param addresses of the virtual router, for spotting misconfiguration
 */
public record Advertisement(
    VrrpVersion version,
    Vrid vrid,
    Priority priority,
    AdvertInterval interval,
    AddressList addresses) {}
