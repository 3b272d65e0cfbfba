// SPDX-License-Identifier: ISC
/*
 * relay.c - the scripted relay: a server that does what a test wants
 *
 *	relay [options] [SCRIPT]
 *
 * Listens on a free port of 127.0.0.1 (or ::1, or on a unix socket), says
 * where on standard output as soon as it does, and serves each connection in a
 * process of its own: friendly, or as the script wants it (scripted/script.h).
 * What it has seen stands in the directory --into (scripted/record.h).
 *
 * Ends on SIGTERM, after --seconds, or after --connections; then --into/count
 * says how much there was, and the exit status is 1 if somebody broke a rule.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "scripted/options.h"

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* -- sockets */

static int
listen_inet(const struct options *o, struct buf *where)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6,
	    .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct sockaddr *sa = o->six ? (void *)&six : (void *)&four;
	socklen_t len = o->six ? sizeof(six) : sizeof(four);
	int fd = socket(sa->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (inet_pton(AF_INET, o->address != NULL ? o->address : "127.0.0.1",
	    &four.sin_addr) != 1)
		die(o->address);
	if (fd < 0 || bind(fd, sa, len) < 0 || listen(fd, 512) < 0 ||
	    getsockname(fd, sa, &len) < 0)
		die("listen");
	if (o->six)
		buf_printf(where, "[::1]:%u", ntohs(six.sin6_port));
	else
		buf_printf(where, "%s:%u", o->address != NULL ? o->address :
		    "127.0.0.1", ntohs(four.sin_port));
	return fd;
}

static int
bind_unix(const char *path, int type)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(sun.sun_path)) {
		errno = ENAMETOOLONG;
		die(path);
	}
	memcpy(sun.sun_path, path, strlen(path));
	if (fd < 0 || bind(fd, (struct sockaddr *)&sun, sizeof(sun)) < 0 ||
	    chmod(path, 0666) < 0)
		die(path);
	return fd;
}

static int
listen_unix(const char *path, struct buf *where)
{
	int fd = bind_unix(path, SOCK_STREAM);

	if (listen(fd, 512) < 0)
		die(path);
	buf_printf(where, "unix:%s", path);
	return fd;
}

/* -- the log of the programs under test */

static void
copy_log(int from, int to)
{
	char line[8192];
	ssize_t n;

	while ((n = recv(from, line, sizeof(line) - 1, MSG_DONTWAIT)) > 0) {
		line[n++] = '\n';
		(void)!write(to, line, (size_t)n);
	}
}

/* -- connections, each in a process of its own */

static void
serve(const struct options *o, struct tally *tally, int fd,
    unsigned long connection)
{
	struct session s = { .set = &o->set, .stream = { .fd = fd } };
	sigset_t none;
	int one = 1;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)alarm(o->seconds);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	record_open(&s.record, tally, o->into, connection);
	session_run(&s);
}

static void
accept_one(const struct options *o, struct tally *tally, int listening)
{
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	unsigned long n;

	if (fd < 0)
		return;
	n = atomic_fetch_add(&tally->connections, 1) + 1;
	switch (fork()) {
	case -1:
		die("fork");
	case 0:
		(void)close(listening);
		serve(o, tally, fd, n);
		_exit(EXIT_SUCCESS);
	}
	(void)close(fd);
}

/* Waits for the children that still talk; true when there is none left. */
static bool
reap(void)
{
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		continue;
	return pid < 0;
}

static int
signals(void)
{
	sigset_t set;
	int fd;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		die("signalfd");
	return fd;
}

static bool
is_told_to_end(int sigfd)
{
	struct signalfd_siginfo info;

	while (read(sigfd, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo != SIGCHLD)
			return true;
	return false;
}

/* A connection that is about to end may do so, for what it still records. */
static void
linger(int sigfd)
{
	int64_t end = clock_deadline(1000);
	struct pollfd p = { .fd = sigfd, .events = POLLIN };

	while (!reap() && clock_left(end) > 0) {
		(void)poll(&p, 1, clock_left(end));
		(void)is_told_to_end(sigfd);
	}
}

static void
work(const struct options *o, struct tally *tally, int listening, int syslog,
    int log)
{
	int64_t end = clock_deadline((int64_t)o->seconds * 1000);
	struct pollfd p[] = {
		{ .fd = signals(), .events = POLLIN },
		{ .fd = listening, .events = POLLIN },
		{ .fd = syslog, .events = POLLIN },
	};
	bool idle = false;

	while (clock_left(end) > 0) {
		if (o->connections > 0 &&
		    atomic_load(&tally->connections) >= o->connections) {
			p[1].fd = -1;
			if (idle)
				break;
		}
		if (poll(p, TABLE_COUNT(p), clock_left(end)) < 0)
			continue;
		if (p[2].revents != 0)
			copy_log(syslog, log);
		if (p[0].revents != 0 && is_told_to_end(p[0].fd))
			break;
		idle = reap();
		if (p[1].fd >= 0 && (p[1].revents & POLLIN) != 0) {
			accept_one(o, tally, listening);
			idle = false;
		}
	}
	linger(p[0].fd);
	if (syslog >= 0)
		copy_log(syslog, log);
}

static void
write_count(const struct options *o, const struct tally *tally)
{
	struct buf path = { 0 };
	FILE *f = stdout;

	if (o->into != NULL) {
		buf_printf(&path, "%s/count", o->into);
		f = fopen(buf_cstr(&path), "w");
		if (f == NULL)
			die(buf_cstr(&path));
	}
	(void)fprintf(f, "connections %lu\nmessages %lu\nrecipients %lu\n"
	    "bytes %llu\nproblems %lu\n", atomic_load(&tally->connections),
	    atomic_load(&tally->messages), atomic_load(&tally->recipients),
	    atomic_load(&tally->bytes), atomic_load(&tally->problems));
	(void)fclose(f);
	buf_free(&path);
}

static struct tally *
map_tally(const char *path)
{
	struct tally *tally;
	int fd = -1;

	if (path != NULL) {
		fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (fd < 0 || ftruncate(fd, sizeof(*tally)) < 0)
			die(path);
	}
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);
	if (tally == MAP_FAILED)
		die("mmap");
	return tally;
}

static int
open_log(const struct options *o)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/log", o->into != NULL ? o->into : ".");
	fd = open(buf_cstr(&path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
	    0666);
	if (fd < 0)
		die(buf_cstr(&path));
	buf_free(&path);
	return fd;
}

int
main(int argc, char *argv[])
{
	struct options o = { .set = { .name = "localhost", .password = "",
	    .mechanisms = "PLAIN LOGIN" }, .tls = { .kind = "good",
	    .name = "localhost" }, .seconds = 60 };
	struct buf where = { 0 };
	struct tally *tally;
	int listening, syslog = -1, log = -1;

	options_read(&o, argc, argv);
	(void)signal(SIGPIPE, SIG_IGN);
	tally = map_tally(o.tally);
	if (o.set.tls != TLS_NEVER)
		tls_make(&o.tls, o.ca != NULL ? o.ca : o.into);
	if (o.syslog != NULL) {
		syslog = bind_unix(o.syslog, SOCK_DGRAM);
		log = open_log(&o);
	}
	listening = o.unix_path != NULL ? listen_unix(o.unix_path, &where) :
	    listen_inet(&o, &where);
	puts(buf_cstr(&where));
	(void)fflush(stdout);
	work(&o, tally, listening, syslog, log);
	write_count(&o, tally);
	tls_free();
	options_free(&o);
	buf_free(&where);
	return atomic_load(&tally->problems) > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
