// SPDX-License-Identifier: ISC
/*
 * log.c - one line at a time to syslog, and never in the way
 *
 * The format is the one that every syslog daemon takes on its socket: the
 * priority in angle brackets, the time as RFC 3164 has it, name, pid, text.
 */
#include "base/log.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define PATIENCE_MS 500		/* for a slow daemon, behind each log_open() */
#define MOMENT_MS 20
#define LINE_MAX_BYTES 2048	/* longer lines are cut: it is only the log */

static struct {
	int fd;
	int also;
	int facility;
	int patience;		/* ms that we may still wait */
	bool stays;
	char ident[64];
	struct sockaddr_un at;
} sink = { .fd = -1, .also = -1, .facility = LOG_MAIL,
    .patience = PATIENCE_MS };

void
log_at(const char *path)
{
	sink.at.sun_family = AF_UNIX;
	(void)snprintf(sink.at.sun_path, sizeof(sink.at.sun_path), "%s", path);
}

static void
reconnect(void)
{
	log_close();
	sink.fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (sink.fd >= 0 && connect(sink.fd, (struct sockaddr *)&sink.at,
	    sizeof(sink.at)) < 0)
		log_close();
}

void
log_open(const char *ident, int facility)
{
	if (sink.at.sun_family == 0)
		log_at("/dev/log");
	(void)snprintf(sink.ident, sizeof(sink.ident), "%s", ident);
	sink.facility = facility;
	sink.patience = PATIENCE_MS;
	tzset();	/* reads a file, which a sandbox may forbid later */
	reconnect();
}

void
log_close(void)
{
	if (sink.fd >= 0)
		close(sink.fd);
	sink.fd = -1;
}

void
log_stay(void)
{
	sink.stays = true;
}

int
log_fd(void)
{
	return sink.fd;
}

void
log_also(int fd)
{
	sink.also = fd;
}

/*
 * A daemon takes a few lines at a time (net.unix.max_dgram_qlen) and may need
 * a moment: it gets one, but all the moments of a process are not long.
 */
static ssize_t
send_patiently(const char *line, size_t len)
{
	ssize_t n = send(sink.fd, line, len, MSG_NOSIGNAL);

	while (n < 0 && errno == EAGAIN && sink.patience > 0) {
		struct pollfd p = { .fd = sink.fd, .events = POLLOUT };

		sink.patience -= poll(&p, 1, MOMENT_MS) == 0 ? MOMENT_MS : 1;
		n = send(sink.fd, line, len, MSG_NOSIGNAL);
	}
	return n;
}

/* A daemon that was restarted has a new socket: one more try, no third. */
static void
send_to_daemon(const char *line, size_t len)
{
	if (sink.fd < 0 || send_patiently(line, len) >= 0)
		return;
	if (sink.stays)
		return;
	if (errno != ECONNREFUSED && errno != ENOTCONN && errno != ECONNRESET)
		return;
	reconnect();
	if (sink.fd >= 0)
		(void)!send(sink.fd, line, len, MSG_NOSIGNAL);
}

void
log_line(int priority, const char *fmt, ...)
{
	int saved = errno;
	char line[LINE_MAX_BYTES];
	char stamp[32] = "";
	time_t now = clock_now();
	struct tm tm;
	va_list ap;
	int head, text;

	if (sink.fd < 0 && sink.also < 0)
		return;
	if (localtime_r(&now, &tm) != NULL)
		(void)strftime(stamp, sizeof(stamp), "%b %e %H:%M:%S", &tm);
	head = snprintf(line, sizeof(line), "<%d>%s %s[%d]: ",
	    sink.facility | priority, stamp, sink.ident, (int)getpid());
	va_start(ap, fmt);
	text = vsnprintf(line + head, sizeof(line) - (size_t)head, fmt, ap);
	va_end(ap);
	if (text < 0)
		text = 0;
	if (head + text >= (int)sizeof(line))
		text = (int)sizeof(line) - 1 - head;
	send_to_daemon(line, (size_t)(head + text));
	if (sink.also >= 0)
		(void)!dprintf(sink.also, "%s: %.*s\n", sink.ident, text,
		    line + head);
	errno = saved;
}
