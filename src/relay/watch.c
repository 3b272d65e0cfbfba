// SPDX-License-Identifier: ISC
/*
 * watch.c - wait until there is something to do in the queue
 */
#include "relay/watch.h"

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

#define LOOK_MS 5000		/* how often to look where nothing tells us */
#define LONGEST_MS 600000	/* the clock may be set while we wait */

/* A path, or "@name" in the abstract space (sd_notify(3)). */
static int
connect_manager(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	size_t len = path != NULL ? strlen(path) : 0;
	int fd;

	if (len == 0 || len >= sizeof(at.sun_path))
		return -1;
	memcpy(at.sun_path, path, len);
	if (at.sun_path[0] == '@')
		at.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Half of what it allows: one delay of ours must not look like our end. */
static int64_t
watchdog_period(const char *usec)
{
	struct str s = str_of(usec != NULL ? usec : "");
	uint64_t v;

	if (!str_eat_number(&s, &v) || s.len > 0 || v < 2000)
		return 0;
	return v / 2000 > INT_MAX ? INT_MAX : (int64_t)(v / 2000);
}

void
watch_open(struct watch *w, int new_dir)
{
	char path[64];

	w->notify = connect_manager(getenv("NOTIFY_SOCKET"));
	w->watchdog_ms = w->notify < 0 ? 0 :
	    watchdog_period(getenv("WATCHDOG_USEC"));
	w->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", new_dir);
	if (w->inotify >= 0 &&
	    inotify_add_watch(w->inotify, path, IN_MOVED_TO) < 0) {
		close(w->inotify);
		w->inotify = -1;
	}
}

void
watch_say(struct watch *w, const char *words)
{
	if (w->notify >= 0)
		(void)!send(w->notify, words, strlen(words), MSG_NOSIGNAL |
		    MSG_DONTWAIT);
}

/* What came says nothing but "look": forget the rest of it. */
static bool
drain(struct watch *w)
{
	char events[4096];
	bool any = false;

	while (read(w->inotify, events, sizeof(events)) > 0)
		any = true;
	return any;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void
watch_alive(struct watch *w)
{
	if (w == NULL || w->watchdog_ms == 0 || clock_left(w->due) > 0)
		return;
	watch_say(w, "WATCHDOG=1");
	w->due = clock_deadline(w->watchdog_ms);
}

/* In milliseconds; signals get through here and only here. */
static int
nap(struct watch *w, int64_t ms, const sigset_t *mask)
{
	struct pollfd p = { .fd = w->inotify, .events = POLLIN };
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	if (ppoll(&p, 1, &t, mask) < 0)
		return -1;
	return p.revents != 0 && drain(w);
}

/* A signal between the look at its flag and the wait would be slept over. */
void
watch_wait(struct watch *w, int64_t wake)
{
	int64_t end = clock_deadline(w->inotify >= 0 ? LONGEST_MS : LOOK_MS);
	int64_t now = clock_now();
	sigset_t ours, others;
	bool more = wake > now;

	if (wake != CLOCK_NEVER && more)
		end = least(end, clock_deadline((wake - now) * 1000));
	sigemptyset(&ours);
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigaddset(&ours, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &ours, &others);
	while (more && !*w->stop && !*w->look && clock_left(end) > 0) {
		int64_t ms = clock_left(end);

		watch_alive(w);
		if (w->watchdog_ms > 0)
			ms = least(ms, clock_left(w->due));
		more = nap(w, ms, &others) == 0;
	}
	*w->look = 0;
	(void)sigprocmask(SIG_SETMASK, &others, NULL);
}

void
watch_close(struct watch *w)
{
	if (w->inotify >= 0)
		close(w->inotify);
	if (w->notify >= 0)
		close(w->notify);
}
