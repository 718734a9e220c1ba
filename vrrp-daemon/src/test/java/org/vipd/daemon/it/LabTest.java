package org.vipd.daemon.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.vipd.netlink.testkit.NetworkNamespace;

/** A test with a lab of its own, or skipped with a reason where namespaces are impossible. */
abstract class LabTest {

  private Lab lab;

  @BeforeEach
  final void buildLab() {
    NetworkNamespace.assumeAvailable();
    Distribution.makeArchive();
    lab = Lab.create("life");
  }

  @AfterEach
  final void tearLabDown() {
    if (lab != null) {
      lab.close();
    }
  }

  final Lab lab() {
    return lab;
  }

  /** The first host; 10.66.0.1. */
  final Host host() {
    return lab.host("one", "10.66.0.1/24");
  }
}
