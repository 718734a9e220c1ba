package org.vipd.daemon.config.keepalived;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipd.daemon.config.Place;
import org.vipd.daemon.config.VirtualAddressConfig;
import org.vipd.daemon.config.VirtualAddressConfig.AddressOptions;
import org.vipd.daemon.config.keepalived.text.Statement;
import org.vipd.daemon.config.keepalived.text.Word;
import org.vipd.protocol.value.AddressFamily;
import org.vipd.protocol.value.IpAddress;

/**
 * Address lists: {@code ADDRESS[/LENGTH] [dev NAME] [label NAME] [scope NAME] [brd ADDRESS]}, one
 * per line.
 */
final class AddressKeywords {

  private static final int NAME_LIMIT = 15;
  private static final int HIGHEST_SCOPE = 255;

  /** Scopes of linux/rtnetlink.h by their iproute2 names. */
  private static final Map<String, Integer> SCOPES =
      Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

  private final Values values;
  private final boolean isStatic;

  AddressKeywords(Values values) {
    this(values, false);
  }

  private AddressKeywords(Values values, boolean isStatic) {
    this.values = values;
    this.isStatic = isStatic;
  }

  /** For addresses that no instance has. */
  static AddressKeywords ofHost(Values values) {
    return new AddressKeywords(values, true);
  }

  /**
   * An address of a list.
   *
   * @param place where it stands
   */
  record Written(Place place, VirtualAddressConfig address) {}

  List<VirtualAddressConfig> interpret(Statement block, boolean advertised) {
    return written(block, advertised).stream().map(Written::address).toList();
  }

  /** The addresses of a block with their places. */
  List<Written> written(Statement block, boolean advertised) {
    List<Written> addresses = new ArrayList<>();
    for (Statement statement : block.children()) {
      element(statement, advertised)
          .ifPresent(address -> addresses.add(new Written(statement.place(), address)));
    }
    return addresses;
  }

  /**
   * The name of an interface without quotes that are part of it in keepalived: no interface is
   * called so.
   */
  static Word interfaceName(Word word, Values values) {
    Optional<String> meant = Habits.unquoted(word).filter(AddressKeywords::isInterfaceName);
    if (meant.isEmpty() || word.isQuoted()) {
      return word;
    }
    values.warning(
        word.place(),
        word.text()
            + " is taken as "
            + meant.get()
            + "; keepalived would look for an interface with the quotes in its name",
        "write " + meant.get() + " without the quotes, or in double quotes");
    return new Word(meant.get(), word.place());
  }

  static boolean isInterfaceName(String name) {
    return !name.isEmpty()
        && name.length() <= NAME_LIMIT
        && name.chars().noneMatch(c -> c == '/' || c == ':' || c <= ' ' || c > '~')
        && !name.equals(".")
        && !name.equals("..");
  }

  /** Whether the line is no element of a list, but what comes behind it. */
  private static boolean isKeyword(Statement statement) {
    return statement.block().isPresent()
        || KeywordTable.get().find(Scope.INSTANCE, statement.keyword()).isPresent();
  }

  private Optional<VirtualAddressConfig> element(Statement statement, boolean advertised) {
    Word word = statement.words().get(0);
    int slash = word.text().indexOf('/');
    String literal = slash < 0 ? word.text() : word.text().substring(0, slash);
    Optional<IpAddress> address = IpAddress.parse(literal);
    if (address.isEmpty()) {
      values.warning(
          word.place(),
          Values.quoted(word) + " is not an IP address and is skipped",
          isKeyword(statement) ? "is the } of the list missing above it?" : Habits.literal(word));
      return Optional.empty();
    }
    int longest = address.get().family() == AddressFamily.IPV4 ? 32 : 128;
    int length = longest;
    if (slash >= 0) {
      Optional<Integer> written = prefixLength(statement, slash, longest);
      if (written.isEmpty()) {
        return Optional.empty();
      }
      length = written.get();
    }
    Options options = new Options(address.get().family(), literal);
    Iterator<Word> rest = statement.arguments().iterator();
    while (rest.hasNext()) {
      options.read(rest.next(), rest);
    }
    if (options.isRefused || options.rest.isRefused()) {
      return Optional.empty();
    }
    AddressOptions used =
        new AddressOptions(
            options.label,
            options.scope,
            options.broadcast(address.get(), length),
            options.rest.options());
    return Optional.of(
        new VirtualAddressConfig(address.get(), length, options.device, used, advertised));
  }

  /**
   * What follows the slash. keepalived takes a length without digits for 0, which would make every
   * address of the world a neighbour; nobody can have meant that, so it is refused.
   */
  private Optional<Integer> prefixLength(Statement statement, int slash, int longest) {
    Word word = statement.words().get(0);
    Word text = new Word(word.text().substring(slash + 1), word.place());
    if (startsAsNumber(text.text())) {
      OptionalInt length =
          values.numbers().whole("prefix length", text, 0, longest, longest + " is used");
      return Optional.of(length.orElse(longest));
    }
    values.error(
        word.place(),
        "prefix length must be a whole number from 0 to "
            + longest
            + ", found "
            + Values.quoted(text),
        statement
            .argument(0)
            .filter(it -> text.text().isEmpty() && it.text().matches("[0-9]{1,3}"))
            .map(it -> "write " + word.text() + it.text() + " without a blank")
            .orElse("write one, or no slash for a single address"));
    return Optional.empty();
  }

  private static boolean startsAsNumber(String text) {
    return !text.isEmpty() && "0123456789+-".indexOf(text.charAt(0)) >= 0;
  }

  private static String nameOf(int scope) {
    return SCOPES.entrySet().stream()
        .filter(it -> it.getValue() == scope)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Integer.toString(scope));
  }

  /** The options after an address. */
  private final class Options {

    private final AddressFamily family;
    private Optional<String> device = Optional.empty();
    private Optional<String> label = Optional.empty();
    private Optional<IpAddress> broadcast = Optional.empty();
    private boolean derivesBroadcast;
    private boolean isNetworkBroadcast;
    private boolean isRefused;
    private int scope;
    private final RareOptions rest;

    Options(AddressFamily family, String literal) {
      this.family = family;
      this.rest = new RareOptions(values, literal, isStatic);
    }

    void read(Word option, Iterator<Word> rest) {
      switch (option.text()) {
        case "dev" -> device(option, rest);
        case "label" -> label(option, rest);
        case "scope" -> scope(option, rest);
        case "brd", "broadcast" -> broadcastOption(option, rest);
        default -> this.rest.read(option, rest);
      }
    }

    private Optional<Word> next(Word option, Iterator<Word> rest) {
      if (!rest.hasNext()) {
        values.warning(
            option.place(),
            option.text() + " needs a value; the address is dropped, as in keepalived",
            "write the value or delete " + option.text());
        isRefused = true;
        return Optional.empty();
      }
      return Optional.of(rest.next());
    }

    private void device(Word option, Iterator<Word> rest) {
      if (device.isPresent()) {
        values.warning(
            option.place(),
            "dev is there twice; the address is dropped, as in keepalived",
            "delete one");
        isRefused = true;
      }
      device = name(option, rest, "interface").or(() -> device);
    }

    private Optional<String> name(Word option, Iterator<Word> rest, String what) {
      Optional<Word> word = next(option, rest).map(it -> interfaceName(it, values));
      if (word.isPresent() && !isInterfaceName(word.get().text())) {
        values.error(
            word.get().place(),
            Values.quoted(word.get()) + " cannot be the name of an " + what,
            Habits.quotes(word.get())
                .orElse("names have 1 to 15 characters, no slash and no colon"));
        return Optional.empty();
      }
      return word.map(Word::text);
    }

    /** A label may contain a colon; the kernel takes no longer ones. */
    private void label(Word option, Iterator<Word> rest) {
      Optional<Word> word = next(option, rest);
      if (word.isPresent() && word.get().text().length() > NAME_LIMIT) {
        values.warning(
            word.get().place(),
            "label has more than "
                + NAME_LIMIT
                + " characters; the address is dropped, as in keepalived",
            "shorten it");
        isRefused = true;
      } else if (family == AddressFamily.IPV4) {
        label = word.map(Word::text).or(() -> label);
      } else {
        values.warning(option.place(), "IPv6 addresses have no label; it is left out", "delete it");
      }
    }

    private void scope(Word option, Iterator<Word> rest) {
      Optional<Word> word = next(option, rest);
      if (word.isEmpty()) {
        return;
      }
      if (family == AddressFamily.IPV6) {
        values.warning(
            option.place(),
            "the scope of an IPv6 address follows from itself; scope is ignored, as in keepalived",
            "delete it");
        return;
      }
      String name = word.get().text();
      if (SCOPES.containsKey(name)) {
        scope = SCOPES.get(name);
      } else if (name.matches("[0-9]{1,3}") && Integer.parseInt(name) <= HIGHEST_SCOPE) {
        scope = Integer.parseInt(name);
      } else {
        values.warning(
            word.get().place(),
            "scope "
                + Values.quoted(word.get())
                + " does not exist; the scope stays "
                + nameOf(scope)
                + ", as in keepalived",
            "known: global, site, link, host, nowhere, or a number up to 255");
      }
    }

    private void broadcastOption(Word option, Iterator<Word> rest) {
      Optional<Word> word = next(option, rest);
      if (family == AddressFamily.IPV6) {
        values.warning(
            option.place(),
            "IPv6 has no broadcast address; the address is dropped, as in keepalived",
            "delete " + option.text());
        isRefused = true;
        return;
      }
      if (word.isEmpty()) {
        return;
      }
      isNetworkBroadcast = word.get().text().equals("-");
      derivesBroadcast = isNetworkBroadcast || word.get().text().equals("+");
      broadcast =
          IpAddress.parse(word.get().text()).filter(it -> it.family() == AddressFamily.IPV4);
      if (!derivesBroadcast && broadcast.isEmpty()) {
        isRefused = true;
        values.warning(
            word.get().place(),
            Values.quoted(word.get())
                + " is not an IPv4 address; the address is dropped, as in keepalived",
            "write the broadcast address, or brd +");
      }
    }

    private Optional<IpAddress> broadcast(IpAddress address, int length) {
      if (!derivesBroadcast) {
        return broadcast;
      }
      long hostBits = length >= 31 ? 0 : (1L << (32 - length)) - 1;
      return hostBits == 0
          ? Optional.empty()
          : Optional.of(
              new IpAddress(
                  AddressFamily.IPV4,
                  0,
                  isNetworkBroadcast ? address.low() & ~hostBits : address.low() | hostBits));
    }
  }
}
