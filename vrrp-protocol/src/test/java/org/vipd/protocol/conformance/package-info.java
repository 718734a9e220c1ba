/**
 * Scenario and expected files under {@code conformance/}: one router, a script of inputs with
 * times, and every effect it must have.
 *
 * <p>May use: all packages of the module. Must not use: clocks, threads, randomness.
 */
package org.vipd.protocol.conformance;
