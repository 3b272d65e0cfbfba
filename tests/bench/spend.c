// SPDX-License-Identifier: ISC
/*
 * spend.c - what a command costs, with everything it leaves running
 *
 *	spend [-c COUNT] [-j AT-ONCE] [-i INPUT] command ...
 *
 * Runs it COUNT times, so many at once, and waits for all descendants, also
 * those that went to the background: whoever loses his parent becomes ours
 * (PR_SET_CHILD_SUBREAPER).  The result is one line, in milliseconds and KiB:
 *
 *	wall-until-exit wall-until-all-are-gone CPU peak-RSS failures
 */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sums {
	double start, exit, cpu;
	long rss, failures;
	long running;		/* of the commands themselves */
	long left;		/* to be started */
};

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
ms(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* vfork(2) is the cheapest, and what it costs is not the command's. */
static pid_t
start(const char *input, char *argv[])
{
	int in = open(input, O_RDONLY | O_CLOEXEC);
	pid_t pid;

	if (in < 0)
		die(input);
	pid = vfork();
	if (pid < 0)
		die("vfork");
	if (pid == 0) {
		if (dup2(in, STDIN_FILENO) >= 0)
			(void)execvp(argv[0], argv);
		_exit(127);
	}
	(void)close(in);
	return pid;
}

/* The commands have a group of pids of their own: the table of who is one. */
static void
reap(struct sums *s, pid_t *ours, size_t count)
{
	struct rusage u;
	int status;
	pid_t pid = wait4(-1, &status, 0, &u);

	if (pid < 0)
		die("wait4");
	s->cpu += ms(u.ru_utime) + ms(u.ru_stime);
	if (u.ru_maxrss > s->rss)
		s->rss = u.ru_maxrss;
	for (size_t i = 0; i < count; i++) {
		if (ours[i] != pid)
			continue;
		ours[i] = 0;
		s->running--;
		s->failures += status != 0;
		if (s->left == 0 && s->running == 0)
			s->exit = now() - s->start;
		return;
	}
}

static void
start_some(struct sums *s, pid_t *ours, size_t count, const char *input,
    char *argv[])
{
	for (size_t i = 0; i < count && s->left > 0; i++) {
		if (ours[i] != 0)
			continue;
		ours[i] = start(input, argv);
		s->running++;
		s->left--;
	}
}

static bool
has_children(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

int
main(int argc, char *argv[])
{
	const char *input = "/dev/null";
	long at_once = 1;
	struct sums s = { .left = 1 };
	pid_t *ours;
	int c;

	while ((c = getopt(argc, argv, "+c:j:i:")) != -1) {
		if (c == 'c')
			s.left = strtol(optarg, NULL, 10);
		else if (c == 'j')
			at_once = strtol(optarg, NULL, 10);
		else if (c == 'i')
			input = optarg;
		else
			return EXIT_FAILURE;
	}
	if (optind == argc || at_once < 1 || s.left < 1)
		return EXIT_FAILURE;
	ours = calloc((size_t)at_once, sizeof(*ours));
	if (ours == NULL || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		die("prctl");
	s.start = now();
	do {
		start_some(&s, ours, (size_t)at_once, input, argv + optind);
		reap(&s, ours, (size_t)at_once);
	} while (s.left > 0 || has_children());
	printf("%.2f %.2f %.2f %ld %ld\n", s.exit, now() - s.start, s.cpu,
	    s.rss, s.failures);
	free(ours);
	return EXIT_SUCCESS;
}
