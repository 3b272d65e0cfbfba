// SPDX-License-Identifier: ISC
/*
 * spoil.c - run a program as a caller would who means harm
 *
 *	tests/spoil deed ... -- command ...
 *
 * A deed is a word, or word=value; see the table.  What has to go on while the
 * program runs is done by a child that ends with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

static bool no_arguments;
static pid_t served;		/* in a child: whom it works for */

static int
number(const char *s)
{
	return (int)strtol(s, NULL, 0);
}

/*
 * In a child, which looks whether we, or what we become, are still there: the
 * kernel does not let somebody else's death end it.
 */
static bool
meanwhile(void)
{
	pid_t parent = getpid();

	if (fork() != 0)
		return false;
	served = parent;
	return true;
}

static bool
is_served(void)
{
	return getppid() == served;
}

static void
nap(long ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static int
open_descriptors(const char *value)
{
	for (int i = number(value); i > 0; i--)
		if (open("/dev/null", O_RDWR) < 0)
			return errno == EMFILE ? 0 : -1;
	return 0;
}

/* Some are waiting already. */
static int
block_signals(const char *value)
{
	sigset_t all;

	(void)value;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	raise(SIGALRM);
	raise(SIGTERM);
	return raise(SIGPIPE);
}

static int
ignore_signals(const char *value)
{
	(void)value;
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		signal(sig, SIG_IGN);
	return 0;
}

/* A timer of ours, and somebody who sends more of them. */
static int
storm(const char *value)
{
	const struct itimerval often = { { 0, 1000 }, { 0, 1000 } };
	pid_t parent = getpid();
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGALRM);
	sigprocmask(SIG_BLOCK, &block, NULL);
	if (meanwhile()) {
		for (int i = 0; i < number(value) && is_served(); i++) {
			kill(parent, SIGALRM);
			nap(1);
		}
		_exit(0);
	}
	return setitimer(ITIMER_REAL, &often, NULL);
}

static int
limit(const char *value)
{
	static const struct {
		const char *name;
		unsigned which;
	} names[] = {
		{ "as=", RLIMIT_AS }, { "cpu=", RLIMIT_CPU },
		{ "fsize=", RLIMIT_FSIZE }, { "nofile=", RLIMIT_NOFILE },
		{ "nproc=", RLIMIT_NPROC }, { "stack=", RLIMIT_STACK },
		{ "memlock=", RLIMIT_MEMLOCK },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i].name);
		struct rlimit rl;

		if (strncmp(value, names[i].name, n) != 0)
			continue;
		rl.rlim_cur = rl.rlim_max = (rlim_t)number(value + n);
		return setrlimit(names[i].which, &rl);
	}
	errno = EINVAL;
	return -1;
}

static int
set_umask(const char *value)
{
	umask((mode_t)number(value));
	return 0;
}

/* In a directory that does not exist any more. */
static int
leave(const char *value)
{
	return mkdir(value, 0700) < 0 || chdir(value) < 0 ? -1 : rmdir(value);
}

static int
close_some(const char *value)
{
	for (; *value != '\0'; value++)
		close(*value - '0');
	return 0;
}

static int
forget_arguments(const char *value)
{
	(void)value;
	no_arguments = true;
	return 0;
}

static int
put_on_input(int fd)
{
	if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
		return -1;
	return close(fd);
}

/* One that nobody writes to, and whose other end is gone. */
static int
socket_input(const char *value)
{
	int sv[2];

	(void)value;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) < 0)
		return -1;
	close(sv[0]);
	return put_on_input(sv[1]);
}

/* Somebody types that file, and then the end. */
static int
terminal_input(const char *value)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), fd;
	char text[4000];
	ssize_t n = 0;

	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
		return -1;
	fd = open(ptsname(master), O_RDWR | O_NOCTTY);
	if (meanwhile()) {
		int from = open(value, O_RDONLY);

		close(fd);
		if (from >= 0)
			n = read(from, text, sizeof(text) - 1);
		text[n] = 4;
		if (write(master, text, (size_t)n + 1) == n + 1)
			while (read(master, text, sizeof(text)) > 0)
				;
		_exit(0);
	}
	close(master);
	return put_on_input(fd);
}

/* A log that takes one line in so many milliseconds, or with 0 none. */
static int
slow_log(const char *value)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const char *path = strchrnul(value, ':') + 1;
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0), ms = number(value);
	char line[4000];

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	unlink(path);
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		return -1;
	chmod(path, 0666);
	if (meanwhile()) {
		while (is_served()) {
			nap(ms > 0 ? ms : 200);
			if (ms > 0)
				(void)!recv(fd, line, sizeof(line),
				    MSG_DONTWAIT);
		}
		_exit(0);
	}
	return close(fd);
}

static const struct {
	const char *name;
	int (*run)(const char *value);
} deeds[] = {
	{ "arguments", forget_arguments },
	{ "blocked", block_signals },
	{ "close", close_some },
	{ "descriptors", open_descriptors },
	{ "gone", leave },
	{ "ignored", ignore_signals },
	{ "limit", limit },
	{ "log", slow_log },
	{ "socket", socket_input },
	{ "storm", storm },
	{ "terminal", terminal_input },
	{ "umask", set_umask },
};

static int
spoil(const char *deed)
{
	const char *value = strchrnul(deed, '=');
	size_t n = (size_t)(value - deed);

	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (strlen(deeds[i].name) == n &&
		    strncmp(deeds[i].name, deed, n) == 0)
			return deeds[i].run(*value == '=' ? value + 1 : value);
	errno = EINVAL;
	return -1;
}

int
main(int argc, char *argv[])
{
	static char *nothing[] = { NULL };
	int i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (spoil(argv[i]) < 0) {
			perror(argv[i]);
			return EX_UNAVAILABLE;
		}
	if (++i >= argc) {
		fprintf(stderr, "usage: spoil deed ... -- command ...\n");
		return EX_USAGE;
	}
	if (no_arguments)
		execve(argv[i], nothing, environ);
	else
		execvp(argv[i], argv + i);
	perror(argv[i]);
	return 127;
}
