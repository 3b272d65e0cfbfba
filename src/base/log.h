// SPDX-License-Identifier: ISC
/*
 * log.h - one line at a time to syslog, and never in the way
 *
 * The C library's syslog(3) may block on a full socket and takes the delivery
 * hostage.  This one sends a datagram to /dev/log or drops it: a log that is
 * absent, full or stopped costs lines of log, and half a second in all.
 *
 * Foreign text in arguments must have gone through vis_add() (see vis.h).
 */
#ifndef MINISMTP_BASE_LOG_H
#define MINISMTP_BASE_LOG_H

#include <stdarg.h>
#include <syslog.h>		/* LOG_ERR, LOG_INFO, LOG_MAIL, ... */

/*
 * ident is copied.  facility is one of <syslog.h>.  The socket is connected
 * here, so that a sandbox may close the door behind us.  Until then, and
 * where there is no socket, lines go nowhere.
 */
void log_open(const char *ident, int facility);
void log_close(void);

/* From here on no new socket, also when the daemon comes back: a sandbox. */
void log_stay(void);

/* The socket, or -1. */
int log_fd(void);

/* Send each line to this descriptor as well, as "ident: line"; -1: don't. */
void log_also(int fd);

void log_line(int priority, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* For tests: another path than /dev/log, before log_open(). */
void log_at(const char *path);

#endif
