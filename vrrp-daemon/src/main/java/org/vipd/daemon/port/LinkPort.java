package org.vipd.daemon.port;

import java.util.List;

/** Lists interfaces and addresses. */
public interface LinkPort {

  List<LinkState> links() throws PortException;

  List<LocalAddress> addresses() throws PortException;
}
