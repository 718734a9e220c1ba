package org.vipd.daemon.linux;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import org.vipd.daemon.config.Account;
import org.vipd.daemon.config.FileName;
import org.vipd.daemon.port.PipePort;
import org.vipd.daemon.port.PortException;
import org.vipd.netlink.libc.SyscallException;
import org.vipd.netlink.process.NamedPipe;

/** Named pipes of the file system; only ones that belong to the right user are written to. */
public final class LinuxPipes implements PipePort {

  private static final int TYPE_MASK = 0xF000;
  private static final int TYPE_PIPE = 0x1000;
  private static final int MODE = 0600;
  private static final Path OWN_PROCESS = Path.of("/proc/self");
  private static final UserPrincipalLookupService NAMES =
      FileSystems.getDefault().getUserPrincipalLookupService();

  @Override
  public Pipe open(String name, Optional<Account> owner) throws PortException {
    Optional<String> objection = FileName.objection(name);
    if (objection.isPresent()) {
      throw new PortException("pipe " + objection.get() + "; " + FileName.HINT, false);
    }
    Path path = Path.of(name);
    try {
      // whoever is not known is found out before there is a pipe
      Optional<Owner> wanted =
          owner.isPresent() ? Optional.of(owner(owner.get())) : Optional.empty();
      boolean isOurs = NamedPipe.create(name, MODE);
      if (isOurs && wanted.isPresent()) {
        give(path, wanted.get());
      } else if (!isOurs) {
        verify(path, wanted);
      }
      return new OpenPipe(path, NamedPipe.open(name), isOurs);
    } catch (SyscallException e) {
      throw Failures.of(e);
    } catch (IOException e) {
      throw new PortException("pipe " + name + ": " + e.getMessage(), false);
    }
  }

  /** Whom a pipe belongs to, as the system knows them. */
  private record Owner(UserPrincipal user, Optional<GroupPrincipal> group) {}

  private static void give(Path path, Owner owner) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      view.setOwner(owner.user());
      if (owner.group().isPresent()) {
        view.setGroup(owner.group().get());
      }
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Whoever put something else there may not receive what is meant for the pipe's reader. */
  private static void verify(Path path, Optional<Owner> owner) throws IOException, PortException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE_MASK) != TYPE_PIPE) {
      throw new PortException(
          path + " is there and is not a named pipe; remove it, or choose another path", false);
    }
    UserPrincipal found = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    UserPrincipal expected = owner.isPresent() ? owner.get().user() : Files.getOwner(OWN_PROCESS);
    if (!found.equals(expected)) {
      throw new PortException(
          path + " belongs to " + found + ", expected " + expected + "; remove it", false);
    }
  }

  private static Owner owner(Account account) throws IOException {
    UserPrincipal user = user(account);
    return account.group().isEmpty()
        ? new Owner(user, Optional.empty())
        : new Owner(user, Optional.of(group(account.group().get())));
  }

  private static GroupPrincipal group(String name) throws IOException {
    try {
      return NAMES.lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("there is no group " + name, e);
    }
  }

  private static UserPrincipal user(Account account) throws IOException {
    try {
      return NAMES.lookupPrincipalByName(account.user());
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException("there is no user " + account.user(), e);
    }
  }

  private record OpenPipe(Path path, NamedPipe pipe, boolean isOurs) implements Pipe {

    @Override
    public boolean write(byte[] line) throws PortException {
      try {
        return pipe.write(line);
      } catch (SyscallException e) {
        throw Failures.of(e);
      }
    }

    @Override
    public void close() {
      pipe.close();
      try {
        if (isOurs) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // left behind, empty; the next start takes it again
      }
    }
  }
}
