package org.vipd.protocol.machine;

import java.util.Locale;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;

/** Why a virtual router changed its state: a kind to count by, and the facts of this case. */
public sealed interface TransitionReason {

  /** The kind, for counters and filters. */
  Kind kind();

  /** The reason in an operator's words. */
  String text();

  /** Closed list of reasons. */
  enum Kind {
    /** Began to take part as a Backup. */
    STARTUP,
    /** Began to take part as the owner of the addresses. */
    OWNER,
    /** Went on as Active after a crash of the process. */
    RESUMED,
    /** The Active router fell silent, or there never was one. */
    ACTIVE_DOWN,
    /** The Active router said that it goes. */
    RESIGNED_PEER,
    /** A lower Active router was displaced. */
    PREEMPTED_LOWER,
    /** A router with a higher priority speaks. */
    HIGHER_PRIORITY,
    /** A router with our priority and a higher address speaks. */
    HIGHER_ADDRESS,
    /** The host was stopped or starved for so long that another may have taken over. */
    OVERSLEPT,
    /** Stopped by an operator or removed from the configuration. */
    SHUTDOWN,
    /** A condition for running is not met. */
    NOT_READY,
    /** Another member of its group moved. */
    SYNC_GROUP
  }

  /**
   * Goes with another router.
   *
   * @param leader name of the one that moved first
   * @param rises whether to Active, or else to Backup
   */
  record FollowedGroup(String leader, boolean rises) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.SYNC_GROUP;
    }

    @Override
    public String text() {
      return leader + " of the same group became " + (rises ? "MASTER" : "BACKUP");
    }
  }

  /**
   * Gives up because it is in a group with one that is not Active.
   *
   * @param other the other one
   */
  record JoinedGroup(String other) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.SYNC_GROUP;
    }

    @Override
    public String text() {
      return other + " of the same group is not MASTER, and members are together";
    }
  }

  /**
   * Began to take part.
   *
   * @param priority own priority; 255 starts as Active
   */
  record Startup(Priority priority) implements TransitionReason {
    @Override
    public Kind kind() {
      return priority.isOwner() ? Kind.OWNER : Kind.STARTUP;
    }

    @Override
    public String text() {
      return priority.isOwner()
          ? "started as the owner of the addresses (priority 255)"
          : "started with priority " + priority;
    }
  }

  /** The process before this one was Active a moment ago. */
  record Resumed() implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.RESUMED;
    }

    @Override
    public String text() {
      return "resumed: the addresses are still here from a process that ended a moment ago";
    }
  }

  /**
   * The Active router fell silent.
   *
   * @param last who it was
   * @param silenceNanos time since its last advertisement, or since listening began if that is less
   * @param sleptNanos how late the host woke up when listening began; 0 when that does not matter
   */
  record ActiveDown(ActiveRouter last, long silenceNanos, long sleptNanos)
      implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.ACTIVE_DOWN;
    }

    @Override
    public String text() {
      return silence(last.address().toString(), silenceNanos, sleptNanos);
    }
  }

  /**
   * No router was ever heard.
   *
   * @param waitedNanos time since listening began
   * @param sleptNanos how late the host woke up when listening began; 0 when it did not
   */
  record NobodyHeard(long waitedNanos, long sleptNanos) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.ACTIVE_DOWN;
    }

    @Override
    public String text() {
      return silence("anyone", waitedNanos, sleptNanos);
    }
  }

  /**
   * The Active router said that it goes.
   *
   * @param address whose priority 0 was heard
   */
  record PeerResigned(IpAddress address) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.RESIGNED_PEER;
    }

    @Override
    public String text() {
      return address + " resigned (priority 0)";
    }
  }

  /**
   * A lower Active router was displaced.
   *
   * @param lower the displaced router
   * @param ours own priority
   */
  record PreemptedLower(ActiveRouter lower, Priority ours) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.PREEMPTED_LOWER;
    }

    @Override
    public String text() {
      return "took over from "
          + lower.address()
          + ": its priority "
          + lower.priority()
          + " is lower than ours "
          + ours;
    }
  }

  /**
   * A router that wins against us speaks.
   *
   * @param address of the other
   * @param theirs its priority
   * @param ours own priority
   */
  record Outranked(IpAddress address, Priority theirs, Priority ours) implements TransitionReason {
    @Override
    public Kind kind() {
      return theirs.equals(ours) ? Kind.HIGHER_ADDRESS : Kind.HIGHER_PRIORITY;
    }

    @Override
    public String text() {
      return theirs.equals(ours)
          ? address + " has our priority " + ours + " and a higher address"
          : address + " has priority " + theirs + ", higher than ours " + ours;
    }
  }

  /**
   * The host was stopped or starved while it was Active.
   *
   * @param silenceNanos time since its last advertisement
   * @param sleep how long, and what it cost
   */
  record Overslept(long silenceNanos, Sleep sleep) implements TransitionReason {
    @Override
    public Kind kind() {
      return Kind.OVERSLEPT;
    }

    @Override
    public String text() {
      return "this host "
          + sleep.text()
          + " "
          + (sleep.cause().isEmpty() ? "" : "(" + sleep.cause() + ") ")
          + "and had not advertised for "
          + seconds(silenceNanos)
          + (sleep.hasLostAddresses() ? ", the lease of the addresses has ended" : "")
          + ": others may have taken over, so it listens first";
    }
  }

  /**
   * Told to stop taking part.
   *
   * @param cause why
   */
  record Shutdown(ShutdownCause cause) implements TransitionReason {
    @Override
    public Kind kind() {
      return cause == ShutdownCause.STOPPED || cause == ShutdownCause.REMOVED
          ? Kind.SHUTDOWN
          : Kind.NOT_READY;
    }

    @Override
    public String text() {
      return cause.text();
    }
  }

  private static String silence(String sender, long nanos, long sleptNanos) {
    return "no advertisement from "
        + sender
        + " for "
        + seconds(nanos)
        + " (Active down interval)"
        + (sleptNanos == 0 ? "" : " since this host woke up " + seconds(sleptNanos) + " late");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
