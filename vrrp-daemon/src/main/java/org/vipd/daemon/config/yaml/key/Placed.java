package org.vipd.daemon.config.yaml.key;

import org.vipd.daemon.config.Place;

/**
 * A value and where it stands.
 *
 * @param place where
 * @param value of the type that its shape reads: text and choice a String, number a Long, switch a
 *     Boolean, time a Duration, address an IpAddress, network a {@link Prefix}, section a {@link
 *     Section}, command a CommandConfig, words a List of String
 */
public record Placed(Place place, Object value) {}
