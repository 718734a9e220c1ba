package org.vipd.daemon.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Handles Unix signals through {@code sun.misc.Signal}, the only way of the JDK. It is reached by
 * reflection because the compiler warns of every direct use, and warnings are errors here.
 */
public final class Signals {

  private Signals() {}

  /**
   * Runs an action on a thread of the virtual machine whenever the signal arrives.
   *
   * @param name without SIG: HUP, TERM, INT, USR1, USR2
   * @return false when the process was started with the signal ignored: the virtual machine leaves
   *     HUP, INT and TERM so, and the action is never run
   * @throws IllegalStateException when the JDK does not offer it
   */
  public static boolean handle(String name, Runnable action) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("equals")
                    ? (Object) (proxy == arguments[0])
                    : method.getName().equals("hashCode")
                        ? (Object) System.identityHashCode(proxy)
                        : name;
              });
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      Object before =
          signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
      return before != handlerClass.getField("SIG_IGN").get(null);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | NoSuchFieldException
        | InvocationTargetException e) {
      throw new IllegalStateException("signal " + name + " cannot be handled by this JDK", e);
    }
  }

  /**
   * Sends a handled signal to this process.
   *
   * @param name without SIG
   * @throws IllegalStateException when the JDK does not offer it, or nobody handles the signal
   */
  public static void raise(String name) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      signalClass.getMethod("raise", signalClass).invoke(null, signal);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("signal " + name + " cannot be raised by this JDK", e);
    }
  }
}
