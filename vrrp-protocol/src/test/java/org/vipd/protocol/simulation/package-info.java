/**
 * Routers on a virtual LAN in virtual time, from a seed: the machine and the codec under loss,
 * partitions, stalls, crashes and drifting clocks, with invariants after every event.
 *
 * <p>May use: all packages of the module. Must not use: clocks, threads, randomness without seed.
 */
package org.vipd.protocol.simulation;
