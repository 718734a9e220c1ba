package org.vipd.daemon.group;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All members of a group at one moment, and the rules that bind them: they rise together when all
 * want to, fall together when one falls, and run only when all can.
 *
 * @param name the group
 * @param members at least one
 */
public record GroupView(String name, List<Member> members) {

  public GroupView {
    members = List.copyOf(members);
  }

  /**
   * Whether a member whose time has come may become Active: every other one is Active or wants to
   * be, and none is kept from running.
   */
  public boolean mayRise(String candidate) {
    return members.stream()
        .allMatch(
            it ->
                it.condition() == Member.Condition.READY
                    && (it.name().equals(candidate)
                        || it.role() == Member.Role.ACTIVE
                        || (it.role() == Member.Role.BACKUP && it.wantsToRise())));
  }

  /** Another member that keeps this one from running, a fault before a wait. */
  public Optional<Member> hindrance(String member) {
    return members.stream()
        .filter(it -> !it.name().equals(member))
        .filter(it -> it.condition() != Member.Condition.READY)
        .max(Comparator.comparing(Member::condition));
  }

  /** Who follows a member that became Active: every Backup. */
  public List<String> rising(String first) {
    return others(first, Member.Role.BACKUP);
  }

  /** Who follows a member that ceased to be Active: every Active. */
  public List<String> falling(String first) {
    return others(first, Member.Role.ACTIVE);
  }

  /** Whether some members are Active and some are not. */
  public boolean isSplit() {
    return !active().isEmpty() && !notActive().isEmpty();
  }

  /** Members that are Active. */
  public List<String> active() {
    return named(it -> it.role() == Member.Role.ACTIVE);
  }

  /** Members that are not. */
  public List<String> notActive() {
    return named(it -> it.role() != Member.Role.ACTIVE);
  }

  private List<String> named(Predicate<Member> which) {
    return members.stream().filter(which).map(Member::name).toList();
  }

  private List<String> others(String name, Member.Role role) {
    return members.stream()
        .filter(it -> !it.name().equals(name) && it.role() == role)
        .map(Member::name)
        .toList();
  }

  /** The state of the group; empty while its members are on their way from one to another. */
  public Optional<GroupState> state() {
    if (members.stream().anyMatch(it -> it.condition() == Member.Condition.FAULT)) {
      return all(Member.Role.OUT) ? Optional.of(GroupState.FAULT) : Optional.empty();
    }
    if (all(Member.Role.ACTIVE)) {
      return Optional.of(GroupState.MASTER);
    }
    if (all(Member.Role.BACKUP)) {
      return Optional.of(GroupState.BACKUP);
    }
    return all(Member.Role.OUT) ? Optional.of(GroupState.INIT) : Optional.empty();
  }

  private boolean all(Member.Role role) {
    return members.stream().allMatch(it -> it.role() == role);
  }
}
