package org.vipd.daemon.config.track;

import java.util.OptionalInt;

/**
 * That an instance or a group depends on an interface, a file, a process or a BFD session.
 *
 * @param kind what it depends on
 * @param name name of the interface or of the tracker
 * @param weight -254..254; 0 means that failure puts the instance into FAULT; empty means the
 *     tracker's own
 * @param isReversed whether the weight is turned round
 */
public record NamedTrack(TrackKind kind, String name, OptionalInt weight, boolean isReversed) {}
