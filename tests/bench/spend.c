// SPDX-License-Identifier: ISC
/*
 * spend.c - what a command costs, with everything that works for it
 *
 *	spend [-c COUNT] [-j AT-ONCE] [-i INPUT] [-t TALLY [-n MESSAGES]]
 *	    [-k] [-g GROUP] [-p PLACE] [-s SECONDS] command ...
 *
 * Runs it COUNT times (its output goes nowhere), so many at once, and waits for
 * all descendants, also those that went to the background: whoever loses his
 * parent becomes ours (PR_SET_CHILD_SUBREAPER).  With TALLY, the file of a
 * relay, it waits until so many messages have arrived as well (and with -k ends
 * the command then, which would not do so by itself), and with GROUP, a control
 * group, all that runs in it is counted and has to be at rest in the end
 * (gauge.h).  PLACE is a directory of the file system whose commits and flushes
 * are meant.
 *
 * The result is one line of words like cpu=1.25: milliseconds, KiB and numbers.
 * "wall" ends when the commands have ended and the mail is there, "done" when
 * nobody works any more.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gauge.h"

#define REST_MS 40		/* without any work: a group is at rest */
#define NAMES 32

struct program {
	char name[16];
	long peak;		/* KiB */
};

struct sums {
	struct gauge gauge;
	double start, wall, end;
	double messages;	/* to arrive */
	long failures;
	long running;		/* of the commands themselves */
	long left;		/* to be started */
	struct program program[NAMES];
};

struct wishes {
	const char *input, *tally, *group, *place;
	double messages;
	long count, at_once, seconds;
	bool daemon;		/* to be ended when the mail is there */
	char **argv;
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

static void
nap(long us)
{
	const struct timespec t = { .tv_nsec = us * 1000 };

	(void)nanosleep(&t, NULL);
}

/* -- who is how large */

static void
note_peak(struct sums *s, const char *name, long peak)
{
	for (size_t i = 0; i < NAMES; i++) {
		struct program *p = &s->program[i];

		if (p->name[0] == '\0')
			memcpy(p->name, name, sizeof(p->name));
		if (strncmp(p->name, name, sizeof(p->name)) != 0)
			continue;
		if (peak > p->peak)
			p->peak = peak;
		return;
	}
}

static void
note_living(void *who, long pid)
{
	char name[16] = "";
	long peak = gauge_peak(pid, name);

	if (peak > 0)
		note_peak(who, name, peak);
}

/* -- the commands */

/* vfork(2) is the cheapest, and what it costs is not the command's. */
static pid_t
start(const char *input, char *argv[])
{
	int in = open(input, O_RDONLY | O_CLOEXEC);
	int out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t pid;

	if (in < 0 || out < 0)
		die(input);
	pid = vfork();
	if (pid < 0)
		die("vfork");
	if (pid == 0) {
		if (dup2(in, STDIN_FILENO) >= 0 &&
		    dup2(out, STDOUT_FILENO) >= 0)
			(void)execvp(argv[0], argv);
		_exit(127);
	}
	(void)close(in);
	(void)close(out);
	return pid;
}

static volatile sig_atomic_t late;

static void
on_alarm(int number)
{
	(void)number;
	late = 1;
}

/* Whoever hangs is ended, and has failed. */
static void
await_one(siginfo_t *info, const pid_t *ours, const struct wishes *w)
{
	while (waitid(P_ALL, 0, info, WEXITED | WNOWAIT) < 0) {
		if (errno != EINTR)
			die("waitid");
		for (long i = 0; late != 0 && i < w->at_once; i++)
			if (ours[i] > 0)
				(void)kill(ours[i], SIGKILL);
	}
}

/* The commands have a table of their own; others are left behind by them. */
static void
reap(struct sums *s, pid_t *ours, const struct wishes *w)
{
	char name[16] = "";
	siginfo_t info = { 0 };
	struct rusage u;
	int status;
	pid_t pid;

	await_one(&info, ours, w);
	(void)gauge_peak(info.si_pid, name);
	pid = wait4(info.si_pid, &status, 0, &u);
	if (pid < 0)
		die("wait4");
	note_peak(s, name, u.ru_maxrss);
	for (long i = 0; i < w->at_once; i++) {
		if (ours[i] != pid)
			continue;
		ours[i] = 0;
		s->running--;
		s->failures += status != 0 && !w->daemon;
		if (s->left == 0 && s->running == 0 && !w->daemon)
			s->wall = now() - s->start;
		return;
	}
}

static void
start_some(struct sums *s, pid_t *ours, const struct wishes *w)
{
	for (long i = 0; i < w->at_once && s->left > 0; i++) {
		if (ours[i] != 0)
			continue;
		ours[i] = start(w->input, w->argv);
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

/* -- the daemons */

static bool
is_there(const struct sums *s)
{
	struct reading r;

	gauge_read(&s->gauge, &r);
	return r.messages < 0 || r.messages >= s->messages;
}

static void
await_arrival(struct sums *s, bool always)
{
	if (s->failures > 0 || (!always && is_there(s)))
		return;
	while (!is_there(s)) {
		if (now() > s->end) {
			s->failures++;
			break;
		}
		nap(200);
	}
	s->wall = now() - s->start;
}

static bool
has_daemons(const struct gauge *g)
{
	bool any = false;
	FILE *f;
	char path[1024];
	long pid;

	if (g->group == NULL)
		return false;
	(void)snprintf(path, sizeof(path), "%s/cgroup.procs", g->group);
	f = fopen(path, "r");
	while (f != NULL && fscanf(f, "%ld", &pid) == 1)
		any |= pid != (long)getpid();
	if (f != NULL)
		(void)fclose(f);
	return any;
}

/* Daemons never end: they are done when they have not worked for a while. */
static void
await_rest(struct sums *s)
{
	struct reading r, last;

	if (!has_daemons(&s->gauge))
		return;
	gauge_read(&s->gauge, &last);
	do {
		nap(REST_MS * 1000);
		r = last;
		gauge_read(&s->gauge, &last);
	} while (last.cpu - r.cpu > 0.05 && now() < s->end);
	gauge_processes(&s->gauge, note_living, s);
}

/* -- from here to there */

static void
work(struct sums *s, const struct wishes *w)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	pid_t *ours = calloc((size_t)w->at_once, sizeof(*ours));

	if (ours == NULL || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		die("prctl");
	(void)sigaction(SIGALRM, &sa, NULL);
	(void)alarm((unsigned)w->seconds);
	s->left = w->count;
	s->start = now();
	s->end = s->start + (double)w->seconds * 1e3;
	while (s->left > 0 || (s->running > 0 && !w->daemon)) {
		start_some(s, ours, w);
		if (!w->daemon)
			reap(s, ours, w);
	}
	await_arrival(s, w->daemon);
	for (long i = 0; w->daemon && i < w->at_once; i++)
		if (ours[i] > 0)
			(void)kill(ours[i], SIGTERM);
	while (has_children())
		reap(s, ours, w);
	await_rest(s);
	free(ours);
}

static void
print_difference(const char *name, double before, double after)
{
	if (before > GAUGE_UNKNOWN && after > GAUGE_UNKNOWN)
		printf(" %s=%.2f", name, after - before);
}

static void
print(const struct sums *s, const struct reading *a, const struct reading *b,
    double done, long count)
{
	long most = 0;

	printf("wall=%.2f done=%.2f failed=%ld count=%ld", s->wall, done,
	    s->failures, count);
	print_difference("cpu", a->cpu, b->cpu);
	print_difference("written", a->written, b->written);
	print_difference("commits", a->commits, b->commits);
	print_difference("flushes", a->flushes, b->flushes);
	print_difference("messages", a->messages, b->messages);
	print_difference("connections", a->connections, b->connections);
	for (size_t i = 0; i < NAMES && s->program[i].name[0] != '\0'; i++) {
		if (s->program[i].peak > most)
			most = s->program[i].peak;
		printf("%s%s:%ld", i == 0 ? " sizes=" : ",", s->program[i].name,
		    s->program[i].peak);
	}
	printf(" rss=%ld\n", most);
}

static void
read_wishes(struct wishes *w, int argc, char *argv[])
{
	int c;

	while ((c = getopt(argc, argv, "+c:j:i:t:n:kg:p:s:")) != -1) {
		if (c == 'c')
			w->count = strtol(optarg, NULL, 10);
		else if (c == 'j')
			w->at_once = strtol(optarg, NULL, 10);
		else if (c == 'i')
			w->input = optarg;
		else if (c == 't')
			w->tally = optarg;
		else if (c == 'n')
			w->messages = strtod(optarg, NULL);
		else if (c == 'k')
			w->daemon = true;
		else if (c == 'g')
			w->group = optarg;
		else if (c == 'p')
			w->place = optarg;
		else if (c == 's')
			w->seconds = strtol(optarg, NULL, 10);
		else
			exit(EXIT_FAILURE);
	}
	w->argv = argv + optind;
	if (optind == argc || w->at_once < 1 || w->count < 1)
		exit(EXIT_FAILURE);
}

static void
enter(const char *group)
{
	char path[1024];
	int fd;

	if (group == NULL)
		return;
	(void)snprintf(path, sizeof(path), "%s/cgroup.procs", group);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "0", 1) != 1)
		die(path);
	(void)close(fd);
}

int
main(int argc, char *argv[])
{
	struct wishes w = { .input = "/dev/null", .count = 1, .at_once = 1,
	    .seconds = 120 };
	struct sums s = { 0 };
	struct reading before, after;
	double done;

	read_wishes(&w, argc, argv);
	enter(w.group);
	gauge_open(&s.gauge, w.group, w.place, w.tally);
	gauge_read(&s.gauge, &before);
	s.messages = before.messages + w.messages;
	work(&s, &w);
	done = now() - s.start;
	gauge_read(&s.gauge, &after);
	print(&s, &before, &after, done, w.count);
	gauge_close(&s.gauge);
	return EXIT_SUCCESS;
}
