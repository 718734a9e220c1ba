package org.vipd.daemon.testkit;

import java.util.ArrayList;
import java.util.List;
import org.vipd.daemon.port.ServicePort;

/** Keeps what the service manager was told; signs of life are only counted. */
public final class RecordingService implements ServicePort {

  private final List<String> told = new ArrayList<>();
  private long aliveIntervalNanos = Long.MAX_VALUE;
  private int signsOfLife;

  /** Lets the service manager wait for signs of life. */
  public void watch(long intervalNanos) {
    aliveIntervalNanos = intervalNanos;
  }

  @Override
  public void ready(String status) {
    told.add("ready: " + status);
  }

  @Override
  public void reloading() {
    told.add("reloading");
  }

  @Override
  public void stopping() {
    told.add("stopping");
  }

  @Override
  public void alive() {
    signsOfLife++;
  }

  @Override
  public long aliveIntervalNanos() {
    return aliveIntervalNanos;
  }

  /** What it was told, in order. */
  public List<String> told() {
    return List.copyOf(told);
  }

  /** How many signs of life it got. */
  public int signsOfLife() {
    return signsOfLife;
  }
}
