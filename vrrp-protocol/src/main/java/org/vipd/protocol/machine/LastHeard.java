package org.vipd.protocol.machine;

/** What a router knows of the Active router it last heard. */
public sealed interface LastHeard permits ActiveRouter, Silence {}
