package org.vipd.daemon.status;

import java.util.List;

/**
 * Why an instance is in its state, and what would change that.
 *
 * @param causes of its state, the nearest first
 * @param changes what would have to happen for another state, one sentence each
 * @param powerless checks whose weight cannot change who is Active, with the reason
 */
public record Explanation(
    List<EventRecord.CauseRecord> causes, List<String> changes, List<String> powerless) {}
