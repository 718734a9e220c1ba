package org.vipd.daemon.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vipd.daemon.config.ConfigProblem;
import org.vipd.daemon.config.LoadResult;
import org.vipd.daemon.config.check.Node;
import org.vipd.daemon.config.check.Rules;
import org.vipd.daemon.config.check.host.UnknownHost;
import org.vipd.daemon.config.keepalived.text.SourceOptions;

/** Whatever a file contains, reading it ends with a verdict whose problems have places. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class MutationFuzzTest {

  private static final long SEED = 20_261_120;
  private static final int MUTANTS = 20_000;
  private static final String[] SNIPPETS = {
    "{", "}", "\"", "'", "\\", "\n", "#", "!", "1e9", "-1", "99999999999", "::1", "10.0.0.1/33",
    " ", "\t", "\r", "\uFEFF", "\u00e9", "\ud800", "on", "off", "NaN", "0x1", ".", "1.", "dev",
    "brd +", "weight", "reverse", "label", "255", "0", "hex:", "file:", "@", "$", "include x"
  };

  private static final String SAMPLE =
      """
      global_defs {
        router_id R
        vrrp_version 2
        vrrp_garp_master_repeat 3
        script_user root
      }
      vrrp_script c { # check
        script "/bin/c --arg 'x y'" root
        interval 2.5
        timeout 1
        rise 2
        fall 3
        weight -20 reverse
      }
      vrrp_instance VI_1 {
        state BACKUP
        interface eth0
        virtual_router_id 51
        priority 100
        advert_int 1
        nopreempt
        preempt_delay 5
        garp_master_delay 1
        authentication { auth_type PASS
          auth_pass secret
        }
        unicast_src_ip 10.0.0.2
        unicast_peer {
          10.0.0.3 min_ttl 1 max_ttl 255
        }
        virtual_ipaddress {
          10.0.0.100/24 brd + dev eth0 label eth0:1 scope link
          10.0.0.101
        }
        virtual_ipaddress_excluded { 10.0.0.102 }
        track_script {
          c weight 5
        }
        notify "/bin/n a" root
        notify_master /bin/m
      }
      vrrp_instance VI_6 {
        interface eth0
        version 3
        virtual_router_id 52
        auth_hmac {
          key 1 hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
          active_key 1
          time_window 30
        }
        virtual_ipaddress { fe80::100/64 }
      }
      virtual_server 10.0.0.1 80 { }
      """;

  @Test
  void readsTheSampleItself() {
    assertThat(Loading.load(SAMPLE).config()).isPresent();
  }

  @Test
  void survivesMutations() {
    Random random = new Random(SEED);
    int usable = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = mutate(random);
      usable += load(mutant, i).config().isPresent() ? 1 : 0;
    }
    assertThat(usable).as("seed " + SEED).isBetween(MUTANTS / 20, MUTANTS * 19 / 20);
  }

  private static LoadResult load(String mutant, int number) {
    try {
      KeepalivedReader.Reading reading =
          KeepalivedReader.parseWithPlaces("k.conf", mutant, SourceOptions.ofHost());
      LoadResult result = reading.result();
      // what is understood of a wrong text is judged too
      reading
          .understood()
          .map(it -> new Node("k.conf", it, reading.places(), new UnknownHost()))
          .ifPresent(it -> assertThat(Rules.apply(List.of(it))).doesNotContainNull());
      long lines = mutant.lines().count() + 1;
      for (ConfigProblem problem : result.problems()) {
        assertThat(problem.place().line()).isBetween(0, (int) lines);
        assertThat(problem.toString()).startsWith("k.conf").contains(problem.severity().word());
        assertThat(problem.place().line() == 0).isEqualTo(problem.place().column() == 0);
      }
      boolean hasError = result.problems().stream().anyMatch(ConfigProblem::isError);
      assertThat(result.config().isEmpty()).isEqualTo(hasError);
      return result;
    } catch (RuntimeException e) {
      return fail("seed " + SEED + ", mutant " + number + ":\n" + mutant, e);
    }
  }

  private static String mutate(Random random) {
    StringBuilder text = new StringBuilder(SAMPLE);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
        case 2 -> text.insert(at, SNIPPETS[random.nextInt(SNIPPETS.length)]);
        case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
        default -> text.insert(at, SAMPLE, at / 2, Math.min(SAMPLE.length(), at / 2 + 30));
      }
    }
    return text.toString();
  }
}
