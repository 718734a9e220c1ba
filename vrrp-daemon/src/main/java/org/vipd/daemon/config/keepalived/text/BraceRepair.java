package org.vipd.daemon.config.keepalived.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.Problems;

/**
 * Says where braces are missing or too many, and puts the lines in order, so that one brace is one
 * problem and what follows is read where it belongs. What it cannot explain is left as it is
 * written.
 */
final class BraceRepair {

  /** More is no slip; each costs a walk over what follows. */
  private static final int LIMIT = 20;

  /** What stands at the top of a file only. */
  private static final Set<String> HEADS =
      Set.of(
          "global_defs",
          "vrrp_instance",
          "vrrp_script",
          "vrrp_sync_group",
          "vrrp_track_process",
          "vrrp_track_file",
          "bfd_instance",
          "static_ipaddress",
          "static_routes",
          "static_rules",
          "garp_group",
          "linkbeat_interfaces",
          "interface_up_down_delays",
          "virtual_server",
          "virtual_server_group");

  /** What is a definition at the top with a name, and a list inside an instance without. */
  private static final Set<String> NAMED_HEADS = Set.of("track_file", "track_group");

  /** Blocks inside others that hold values, no settings. */
  private static final Set<String> LISTS =
      Set.of(
          "virtual_ipaddress",
          "virtual_ipaddress_excluded",
          "virtual_routes",
          "virtual_rules",
          "unicast_peer",
          "track_interface",
          "track_script",
          "track_file",
          "track_process",
          "track_bfd",
          "authentication",
          "group",
          "notification_email");

  /** Settings that stand beside such a list. */
  private static final Set<String> SETTINGS =
      Set.of(
          "state",
          "interface",
          "virtual_router_id",
          "priority",
          "advert_int",
          "nopreempt",
          "preempt_delay",
          "unicast_src_ip",
          "mcast_src_ip",
          "notify",
          "notify_master",
          "notify_backup",
          "notify_fault",
          "notify_stop",
          "garp_master_delay",
          "garp_master_refresh",
          "global_tracking",
          "smtp_alert",
          "notification_email_from",
          "smtp_server",
          "router_id");

  private final Problems problems;
  private final List<LogicalLine> lines;

  private BraceRepair(List<LogicalLine> lines, Problems problems) {
    this.lines = new ArrayList<>(lines);
    this.problems = problems;
  }

  /** The lines with braces where they are meant. */
  static List<LogicalLine> repaired(List<LogicalLine> lines, Problems problems) {
    int depth = 0;
    int surplus = 0;
    for (LogicalLine line : lines) {
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Close && --depth < 0) {
        surplus++;
        depth = 0;
      }
    }
    if (surplus > 0 && depth == 0) {
      BraceRepair repair = new BraceRepair(lines, problems);
      repair.explainSurplus();
      return repair.lines;
    }
    if (surplus == 0 && depth > 0) {
      BraceRepair repair = new BraceRepair(List.of(), problems);
      return repair.close(lines, depth) ? repair.lines : lines;
    }
    return lines;
  }

  /**
   * Closes what is open where something begins that stands at the top of a file, or beside a list;
   * false when the braces that follow do not bear that out.
   */
  private boolean close(List<LogicalLine> written, int missing) {
    Deque<LogicalLine> open = new ArrayDeque<>();
    List<ConfigProblem> found = new ArrayList<>();
    int left = Math.min(missing, LIMIT);
    for (int i = 0; i < written.size(); i++) {
      LogicalLine line = written.get(i);
      if (line instanceof LogicalLine.Open) {
        boolean isNamed = i > 0 && written.get(i - 1) instanceof LogicalLine.Words;
        open.push(isNamed ? written.get(i - 1) : line);
      } else if (line instanceof LogicalLine.Close && open.poll() == null) {
        return false;
      } else if (line instanceof LogicalLine.Words words) {
        boolean isTop = isHead(words) && isOpen(written, i + 1);
        while (left > 0 && !open.isEmpty() && (isTop || isBesideList(words, open.peek()))) {
          found.add(notClosed(open.pop(), words.place()));
          lines.add(new LogicalLine.Close(words.place()));
          left--;
        }
      }
      lines.add(line);
    }
    found.forEach(problems::add);
    return true;
  }

  private static boolean isOpen(List<LogicalLine> all, int index) {
    return index < all.size() && all.get(index) instanceof LogicalLine.Open;
  }

  private static boolean isHead(LogicalLine.Words words) {
    return HEADS.contains(words.first())
        || (NAMED_HEADS.contains(words.first()) && words.words().size() > 1);
  }

  private static boolean isBesideList(LogicalLine.Words words, LogicalLine around) {
    return around instanceof LogicalLine.Words list
        && LISTS.contains(list.first())
        && list.words().size() == 1
        && (SETTINGS.contains(words.first()) || LISTS.contains(words.first()));
  }

  private static ConfigProblem notClosed(LogicalLine head, Place next) {
    String name = head instanceof LogicalLine.Words words ? words.first() : "block";
    return new ConfigProblem(
        head.place(),
        ConfigProblem.Severity.ERROR,
        "block " + name + " is not closed",
        "add the missing } above " + next.textFrom(head.place()));
  }

  /** Looks for the cause of each brace that closes nothing in the block before it. */
  private void explainSurplus() {
    int repairs = 0;
    int head = -1;
    int depth = 0;
    for (int i = 0; i < lines.size() && repairs < LIMIT; i++) {
      LogicalLine line = lines.get(i);
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Words words) {
        head = depth == 0 && isHead(words) ? i : head;
      } else if (depth > 0) {
        depth--;
      } else if (head >= 0 && explain(head, i)) {
        repairs++;
        i = head - 1;
        head = -1;
      } else {
        head = -1;
      }
    }
  }

  /** Mends what is between the head of a block and a brace that closes nothing, if it can. */
  private boolean explain(int head, int surplus) {
    if (!isOpen(lines, head + 1)) {
      return opened(head);
    }
    int depth = 0;
    int early = -1;
    for (int i = head + 1; i < surplus; i++) {
      LogicalLine line = lines.get(i);
      if (line instanceof LogicalLine.Open) {
        depth++;
      } else if (line instanceof LogicalLine.Close) {
        depth--;
        early = early < 0 && depth == 0 && i + 1 < surplus && isSetting(i + 1) ? i : early;
      } else if (early < 0 && depth == 1 && isListWithoutBrace(i)) {
        return opened(i);
      }
    }
    return early >= 0 && withoutEarly(head, early, surplus);
  }

  /** Whether a line can be part of the block before it; of other blocks only the known ones. */
  private boolean isSetting(int index) {
    return lines.get(index) instanceof LogicalLine.Words words
        && (!isOpen(lines, index + 1) || LISTS.contains(words.first()));
  }

  private boolean isListWithoutBrace(int index) {
    return lines.get(index) instanceof LogicalLine.Words words
        && words.words().size() == 1
        && LISTS.contains(words.first())
        && !isOpen(lines, index + 1);
  }

  private boolean opened(int index) {
    LogicalLine.Words words = (LogicalLine.Words) lines.get(index);
    String line = title(words);
    problems.error(
        words.place(), line + " has no block: its { is missing", "write: " + line + " {");
    lines.add(index + 1, new LogicalLine.Open(words.place()));
    return true;
  }

  /** keepalived runs such a file without the lines between the two, and so do we. */
  private boolean withoutEarly(int head, int early, int surplus) {
    Place place = lines.get(early).place();
    List<LogicalLine> outside = lines.subList(early + 1, surplus + 1);
    String first = outside.get(0).place().textFrom(place);
    String last = outside.get(outside.size() - 2).place().textFrom(place);
    problems.warning(
        place,
        ConfigProblem.EARLY_BRACE
            + ": this one ends "
            + title((LogicalLine.Words) lines.get(head))
            + ", and that of "
            + lines.get(surplus).place().textFrom(place)
            + " closes nothing; "
            + (first.equals(last) ? first + " is" : "from " + first + " to " + last + " all is")
            + " ignored, as in keepalived, and not checked",
        "delete one of the two");
    outside.clear();
    return true;
  }

  private static String title(LogicalLine.Words words) {
    return words.words().stream().map(Word::text).collect(Collectors.joining(" "));
  }
}
