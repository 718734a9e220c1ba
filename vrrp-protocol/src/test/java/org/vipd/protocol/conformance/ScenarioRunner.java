package org.vipd.protocol.conformance;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.vipd.protocol.machine.Action;
import org.vipd.protocol.machine.ConflictKind;
import org.vipd.protocol.machine.ShutdownCause;
import org.vipd.protocol.machine.StateKind;
import org.vipd.protocol.machine.Step;
import org.vipd.protocol.machine.TransitionReason;
import org.vipd.protocol.machine.VirtualRouter;
import org.vipd.protocol.value.AddressList;
import org.vipd.protocol.value.AdvertInterval;
import org.vipd.protocol.value.IpAddress;
import org.vipd.protocol.value.Priority;
import org.vipd.protocol.wire.Advertisement;
import org.vipd.protocol.wire.AdvertisementDecoder;
import org.vipd.protocol.wire.DecodeResult;
import org.vipd.protocol.wire.DecodeResult.Accepted;
import org.vipd.protocol.wire.DecodeResult.Rejected;
import org.vipd.protocol.wire.IpEnvelope;
import org.vipd.protocol.wire.ReceivePolicy;

/**
 * Plays a scenario: lines {@code router key=value ..}, then {@code MILLISECONDS VERB ARGUMENTS}.
 * Timers fire by themselves; at the same time inputs come first. The verbs:
 *
 * <ul>
 *   <li>{@code startup}, {@code shutdown CAUSE}, {@code set key=value ..}, {@code end}
 *   <li>{@code advert SOURCE PRIORITY [interval=CS] [vips=LIST]}: an accepted advertisement
 *   <li>{@code packet SOURCE HEX [hop=N] [to=ADDRESS]}: bytes, through the decoder
 *   <li>{@code stall UNTIL}: no timers before that time
 * </ul>
 */
final class ScenarioRunner implements Action.Handler {
  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  private final List<String> trace = new ArrayList<>();
  private Settings settings = Settings.defaults();
  private VirtualRouter router = new VirtualRouter(settings.config());
  private ReceivePolicy policy = settings.policy();
  private long now;
  private long stalledUntil;

  static List<String> play(List<String> lines) {
    ScenarioRunner runner = new ScenarioRunner();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        runner.line(List.of(line.trim().split("\\s+")));
      }
    }
    return runner.trace;
  }

  private void line(List<String> words) {
    if (words.get(0).equals("router")) {
      settings = settings.with(words.subList(1, words.size()));
      router = new VirtualRouter(settings.config());
      policy = settings.policy();
      return;
    }
    advance(new BigDecimal(words.get(0)).multiply(NANOS_PER_MILLI).longValueExact());
    List<String> arguments = words.subList(2, words.size());
    switch (words.get(1)) {
      case "startup" -> carryOut(router.startup(now));
      case "shutdown" -> carryOut(router.shutdown(ShutdownCause.valueOf(arguments.get(0)), now));
      case "set" -> set(arguments);
      case "advert" -> advert(arguments);
      case "packet" -> packet(arguments);
      case "stall" -> stalledUntil = Long.parseLong(arguments.get(0)) * 1_000_000L;
      case "end" -> end();
      default -> throw new IllegalArgumentException("unknown verb in " + words);
    }
  }

  private void advance(long until) {
    while (Math.max(router.deadlineNanos(), stalledUntil) < until) {
      now = Math.max(router.deadlineNanos(), stalledUntil);
      carryOut(router.tick(now));
    }
    now = until;
  }

  private void end() {
    if (router.deadlineNanos() <= now) {
      carryOut(router.tick(now));
    }
    trace("ends as " + router.kind());
  }

  private void set(List<String> words) {
    settings = settings.with(words);
    policy = settings.policy();
    carryOut(router.reconfigure(settings.config(), now));
  }

  private void advert(List<String> words) {
    Map<String, String> options = options(words.subList(2, words.size()));
    AddressList addresses =
        options.containsKey("vips")
            ? Settings.addresses(options.get("vips"))
            : router.config().addresses();
    AdvertInterval interval =
        options.containsKey("interval")
            ? AdvertInterval.ofCentiseconds(Integer.parseInt(options.get("interval")))
            : router.config().interval();
    Advertisement advertisement =
        new Advertisement(
            router.config().version(),
            router.config().vrid(),
            Priority.of(Integer.parseInt(words.get(1))),
            interval,
            addresses);
    carryOut(router.onAdvertisement(advertisement, Settings.address(words.get(0)), now));
  }

  private void packet(List<String> words) {
    Map<String, String> options = options(words.subList(2, words.size()));
    IpAddress source = Settings.address(words.get(0));
    IpAddress destination =
        options.containsKey("to")
            ? Settings.address(options.get("to"))
            : IpAddress.vrrpGroup(source.family());
    int hopLimit = Integer.parseInt(options.getOrDefault("hop", "255"));
    ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(words.get(1)));
    DecodeResult result =
        AdvertisementDecoder.decode(
            new IpEnvelope(source, destination, hopLimit, IpEnvelope.VRRP), payload, policy);
    if (result instanceof Rejected rejected) {
      trace("rejected " + rejected.reason().metricName() + " (" + rejected.text() + ")");
      return;
    }
    Accepted accepted = (Accepted) result;
    trace("accepted " + accepted.form() + notices(accepted));
    carryOut(router.onAdvertisement(accepted.advertisement(), source, now));
  }

  private static String notices(Accepted accepted) {
    StringBuilder text = new StringBuilder();
    accepted.noticeSet().forEach(notice -> text.append(' ').append(notice.metricName()));
    return text.toString();
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return options;
  }

  private void carryOut(Step step) {
    step.actions().forEach(action -> action.accept(this));
  }

  private void trace(String text) {
    BigDecimal millis = BigDecimal.valueOf(now).divide(NANOS_PER_MILLI).stripTrailingZeros();
    trace.add(millis.toPlainString() + " " + text);
  }

  @Override
  public void sendAdvertisement(Priority priority) {
    trace("advertise " + priority + " every " + router.config().interval());
  }

  @Override
  public void installAddresses() {
    trace("install " + router.config().addresses());
  }

  @Override
  public void removeAddresses() {
    trace("remove");
  }

  @Override
  public void changeAddresses(AddressList before, AddressList after) {
    trace("change " + before + " to " + after);
  }

  @Override
  public void announce(int repeat) {
    trace("announce " + repeat);
  }

  @Override
  public void publishTransition(StateKind from, StateKind to, TransitionReason reason) {
    trace(from + " -> " + to + ": " + reason.text());
  }

  @Override
  public void reportConflict(ConflictKind kind, IpAddress address) {
    trace("conflict " + kind + " " + address);
  }
}
