package org.vipd.daemon.config.track;

import java.time.Duration;

/**
 * How long a change of an interface must last until it counts.
 *
 * @param name the interface
 * @param down until it counts as down, 0..255 s
 * @param up until it counts as up again, 0..255 s
 */
public record InterfaceDelay(String name, Duration down, Duration up) {}
