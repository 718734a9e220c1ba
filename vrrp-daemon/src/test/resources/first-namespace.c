/*
 * Preloaded into a keepalived that runs in a network namespace: its socket for process events is opened in another
 * one, named by VIPD_FIRST_NAMESPACE, because the kernel tells of processes in the first network namespace only.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int socket(int domain, int type, int protocol)
{
    int (*real)(int, int, int) = (int (*)(int, int, int)) dlsym(RTLD_NEXT, "socket");
    const char *path = getenv("VIPD_FIRST_NAMESPACE");

    if (domain != AF_NETLINK || protocol != NETLINK_CONNECTOR || path == NULL)
        return real(domain, type, protocol);

    int here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    int first = open(path, O_RDONLY | O_CLOEXEC);
    if (here < 0 || first < 0 || setns(first, CLONE_NEWNET) != 0)
        abort();
    int fd = real(domain, type, protocol);
    if (setns(here, CLONE_NEWNET) != 0)
        abort();
    close(first);
    close(here);
    return fd;
}
