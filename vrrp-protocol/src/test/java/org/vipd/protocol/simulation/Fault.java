package org.vipd.protocol.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.Preemption;
import org.vipd.protocol.machine.RouterConfig;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.Sleep;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;

/** Machines that are wrong on purpose; the simulation must catch each. */
enum Fault {
  /** Equal priority: the lower address wins. */
  TIE_BREAK_INVERTED(Invariant.YIELDING) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step advertisement(Advertisement advertisement, IpAddress source, long now) {
          boolean isAbove = source.compareTo(config().primaryAddress()) > 0;
          return super.advertisement(
              advertisement, isAbove ? lowest(config()) : highest(config()), now);
        }
      };
    }
  },
  /** Equal priority: every sender wins. */
  TIE_BREAK_IGNORED(Invariant.YIELDING) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step advertisement(Advertisement advertisement, IpAddress source, long now) {
          return super.advertisement(advertisement, highest(config()), now);
        }
      };
    }
  },
  /** Priority 0 makes a Backup Active without the skew time. */
  PRIORITY_ZERO_PROMOTES_AT_ONCE(Invariant.PATIENCE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step advertisement(Advertisement advertisement, IpAddress source, long now) {
          Step step = super.advertisement(advertisement, source, now);
          boolean jumps = advertisement.priority().isResign() && kind() == StateKind.BACKUP;
          return jumps ? tick(deadlineNanos()) : step;
        }
      };
    }
  },
  /** A rejected packet counts as a sign of life. */
  REJECTED_PACKET_REARMS(Invariant.I6_REJECTED) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step rejected(long now) {
          return super.advertisement(strong(config()), highest(config()), now);
        }
      };
    }
  },
  /** The advertisement timer goes on after leaving Active. */
  DEADLINE_NOT_CLEARED(Invariant.PATIENCE) {
    @Override
    Subject create(RouterConfig config) {
      return new StaleTimer(config);
    }
  },
  /** The addresses stay on the interface after yielding. */
  ADDRESSES_STAY(Invariant.I2_ADDRESSES) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step advertisement(Advertisement advertisement, IpAddress source, long now) {
          return without(
              super.advertisement(advertisement, source, now),
              Action.RemoveAddresses.class::isInstance);
        }
      };
    }
  },
  /** Addresses are installed again with every advertisement. */
  INSTALLS_TWICE(Invariant.I2_ADDRESSES) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step tick(long now) {
          Step step = super.tick(now);
          return step.actions().size() == 1 ? with(step, new Action.InstallAddresses()) : step;
        }
      };
    }
  },
  /** A Backup sends priority 0 when it stops. */
  BACKUP_RESIGNS(Invariant.I3_SPEAKING) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step shutdown(ShutdownCause cause, long now) {
          boolean isBackup = kind() == StateKind.BACKUP;
          Step step = super.shutdown(cause, now);
          return isBackup ? with(step, new Action.SendAdvertisement(Priority.RESIGN)) : step;
        }
      };
    }
  },
  /** An Active goes without a word. */
  RESIGNS_IN_SILENCE(Invariant.I3_SPEAKING) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step shutdown(ShutdownCause cause, long now) {
          return without(super.shutdown(cause, now), Action.SendAdvertisement.class::isInstance);
        }
      };
    }
  },
  /** An Active ignores everybody. */
  NEVER_YIELDS(Invariant.I1_ONE_ACTIVE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step advertisement(Advertisement advertisement, IpAddress source, long now) {
          return kind() == StateKind.ACTIVE
              ? Step.stay(state())
              : super.advertisement(advertisement, source, now);
        }
      };
    }
  },
  /** A Backup puts its timer off for ever. */
  NEVER_PROMOTES(Invariant.I1_ONE_ACTIVE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step tick(long now) {
          return kind() == StateKind.BACKUP
              ? super.advertisement(strong(config()), highest(config()), now)
              : super.tick(now);
        }
      };
    }
  },
  /** An Active that does not advertise after its first packet. */
  FALLS_SILENT(Invariant.I1_ONE_ACTIVE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step tick(long now) {
          boolean wasActive = kind() == StateKind.ACTIVE;
          Step step = super.tick(now);
          return wasActive ? without(step, Action.SendAdvertisement.class::isInstance) : step;
        }
      };
    }
  },
  /** Preemption although it is switched off. */
  PREEMPTS_ALWAYS(Invariant.PATIENCE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config.withPreemption(Preemption.IMMEDIATE));
    }
  },
  /** A router that takes itself for the owner. */
  CLAIMS_OWNERSHIP(Invariant.I4_NO_PREEMPTION) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config.withEffectivePriority(Priority.OWNER));
    }
  },
  /** No preemption although it is switched on. */
  PREEMPTS_NEVER(Invariant.BEST_WINS) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config.withPreemption(Preemption.OFF));
    }
  },
  /** The Active down interval is that of one advertisement. */
  IMPATIENT(Invariant.PATIENCE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(
          config.withBehaviour(
              new org.vipd.protocol.machine.Behaviour(1, true, true, 10_000_000L)));
    }
  },
  /** A late router stays with its old deadlines. */
  DEADLINE_IN_THE_PAST(Invariant.I5_DEADLINE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        private long lag;

        @Override
        Step tick(long now) {
          long late = now - super.deadlineNanos();
          lag = late > config().interval().nanos() ? late : 0;
          return super.tick(now);
        }

        @Override
        long deadlineNanos() {
          long deadline = super.deadlineNanos();
          return deadline == Long.MAX_VALUE ? deadline : deadline - 2 * lag;
        }
      };
    }
  },
  /** An Active that slept goes on as if nothing had happened. */
  IGNORES_ITS_SLEEP(Invariant.I7_LEASE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step wokeLate(Sleep sleep, long now) {
          return kind() == StateKind.ACTIVE ? Step.stay(state()) : super.wokeLate(sleep, now);
        }
      };
    }
  },
  /** A Backup that slept takes the silence for a proof. */
  CLAIMS_AFTER_SLEEP(Invariant.PATIENCE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step wokeLate(Sleep sleep, long now) {
          return kind() == StateKind.BACKUP ? Step.stay(state()) : super.wokeLate(sleep, now);
        }
      };
    }
  },
  /** The addresses outlive the patience of the others. */
  LEASE_TOO_LONG(Invariant.I7_LEASE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        long leaseNanos() {
          return 5 * config().interval().nanos();
        }
      };
    }
  },
  /** The addresses get a longer lease, and the others hear of the longer interval much later. */
  RAISES_THE_INTERVAL_IN_SILENCE(Invariant.I7_LEASE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        Step reconfigure(RouterConfig after, long now) {
          Step step = super.reconfigure(after, now);
          return new Step(
              step.next(),
              step.actions().stream()
                  .filter(action -> !(action instanceof Action.SendAdvertisement))
                  .toList());
        }
      };
    }
  },
  /** The addresses stay until somebody removes them, as in keepalived. */
  NO_LEASE(Invariant.I7_LEASE) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(config) {
        @Override
        long leaseNanos() {
          return Long.MAX_VALUE / 4;
        }
      };
    }
  },
  /** Every losing advertisement is answered, however many there are. */
  ANSWERS_WITHOUT_LIMIT(Invariant.ANSWER_SPACING) {
    @Override
    Subject create(RouterConfig config) {
      return new Subject(
          config.withBehaviour(new org.vipd.protocol.machine.Behaviour(3, true, true, 0)));
    }
  },
  /** The addresses come without gratuitous ARP. */
  NEVER_ANNOUNCES(Invariant.ORDER),
  /** The addresses are there before the others can know. */
  INSTALLS_BEFORE_ADVERTISING(Invariant.ORDER),
  /** The addresses go before the others can know. */
  REMOVES_BEFORE_RESIGNING(Invariant.ORDER),
  /** The others wait for the Active down interval as if nothing had been said. */
  NEVER_ANSWERS_THE_LOSER(Invariant.ANSWERING),
  /** RFC 9568's answer although the silence of RFC 5798 is configured. */
  ANSWERS_IN_LEGACY_MODE(Invariant.ANSWERING),
  /** Two owners that nobody hears of. */
  NEVER_REPORTS_A_CONFLICT(Invariant.CONFLICT),
  /** Everybody waits as long as the one that waits longest. */
  SKEW_OF_PRIORITY_ONE(Invariant.PROMPTNESS),
  /** Each reload starts the Active down interval anew. */
  RELOAD_EXTENDS_THE_DEADLINE(Invariant.PROMPTNESS),
  /** A farewell that nobody heeds. */
  IGNORES_PRIORITY_ZERO(Invariant.PROMPTNESS),
  /** The interval of the Active is not learned. */
  LEARNS_NO_INTERVAL(Invariant.PROMPTNESS),
  /** Any hop limit will do. */
  ACCEPTS_FORWARDED(Invariant.I6_REJECTED),
  /** The sum is not compared. */
  ACCEPTS_DAMAGED(Invariant.I6_REJECTED),
  /** Whatever follows the message is ignored. */
  ACCEPTS_TOO_LONG(Invariant.I6_REJECTED),
  /** Every virtual router is its own. */
  ACCEPTS_ANY_VRID(Invariant.I6_REJECTED),
  /** Every version is its own. */
  ACCEPTS_ANY_VERSION(Invariant.I6_REJECTED),
  /** Its own packets, reflected by a switch, are taken for those of a rival. */
  ACCEPTS_ITS_OWN(Invariant.I6_REJECTED),
  /** A packet whose addresses differ is dropped, as RFC 9568 section 7.1 forbids. */
  DEAF_TO_OTHER_ADDRESSES(Invariant.HEARING);

  private final Invariant caughtBy;

  Fault(Invariant caughtBy) {
    this.caughtBy = caughtBy;
  }

  Subject create(RouterConfig config) {
    return Broken.machine(this, config);
  }

  /** The invariant that this fault breaks, whatever else it breaks. */
  Invariant caughtBy() {
    return caughtBy;
  }

  private static IpAddress lowest(RouterConfig config) {
    return config.family() == AddressFamily.IPV4
        ? new IpAddress(AddressFamily.IPV4, 0, 1)
        : new IpAddress(AddressFamily.IPV6, 0, 1);
  }

  private static IpAddress highest(RouterConfig config) {
    return Dirt.highest(config.family());
  }

  private static Advertisement strong(RouterConfig config) {
    return new Advertisement(
        config.version(), config.vrid(), Priority.of(254), config.interval(), config.addresses());
  }

  static Step without(Step step, Predicate<Action> unwanted) {
    List<Action> actions = new ArrayList<>(step.actions());
    actions.removeIf(unwanted);
    return new Step(step.next(), actions);
  }

  static Step with(Step step, Action extra) {
    List<Action> actions = new ArrayList<>(step.actions());
    actions.add(extra);
    return new Step(step.next(), actions);
  }
}
