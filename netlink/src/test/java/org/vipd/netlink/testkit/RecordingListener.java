package org.vipd.netlink.testkit;

import java.util.ArrayList;
import java.util.List;
import org.vipd.netlink.address.InterfaceIndex;
import org.vipd.netlink.route.InterfaceAddress;
import org.vipd.netlink.route.Link;
import org.vipd.netlink.route.RouteListener;

/**
 * Writes down what it hears, for example {@code link eth0 usable}, {@code no address 10.0.0.1/32}.
 */
public final class RecordingListener implements RouteListener {

  private final List<String> heard = new ArrayList<>();

  /** Returns what was heard, in order. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** Forgets what was heard. */
  public void clear() {
    heard.clear();
  }

  @Override
  public void linkChanged(Link link) {
    heard.add("link " + link.name() + (link.isUsable() ? " usable" : " unusable"));
  }

  @Override
  public void linkRemoved(InterfaceIndex index, String name) {
    heard.add("no link " + name);
  }

  @Override
  public void addressAdded(InterfaceAddress address) {
    heard.add("address " + address.prefix());
  }

  @Override
  public void addressRemoved(InterfaceAddress address) {
    heard.add("no address " + address.prefix());
  }

  @Override
  public void resynchronize() {
    heard.add("resynchronize");
  }
}
