package org.vipd.daemon.status;

/**
 * What became of the notifications of one receiver about one instance or group.
 *
 * @param receiver {@code fifo /run/vip.fifo}, {@code mail}, {@code webhook https://...}
 * @param subject the instance or group
 * @param last what was delivered or tried last: {@code MASTER 100}
 * @param result {@code delivered}, or why not
 * @param seconds how long the last try took
 * @param delivered how many were delivered
 * @param failed how many tries failed
 * @param replaced how many were replaced by newer ones before they were delivered
 * @param isWaiting whether one waits to be delivered
 */
public record DeliveryStatus(
    String receiver,
    String subject,
    String last,
    String result,
    double seconds,
    long delivered,
    long failed,
    long replaced,
    boolean isWaiting) {}
