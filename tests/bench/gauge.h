// SPDX-License-Identifier: ISC
/*
 * gauge.h - what the system knows of a command and of those that work for it
 *
 * Daemons do not become our children.  Where a control group (version 2) can be
 * had, all that runs in it is counted, else what was waited for.
 */
#ifndef MINISMTP_TESTS_GAUGE_H
#define MINISMTP_TESTS_GAUGE_H

#include <stdatomic.h>

#define GAUGE_UNKNOWN -1e9

struct gauge {
	const char *group;	/* directory of the control group, or NULL */
	char *journal;		/* the file system's, or NULL */
	char *disk;		/* statistics of the block device, or NULL */
	struct tally *tally;	/* of the relay, or NULL */
};

struct reading {
	double cpu;		/* ms, without this process itself */
	double written;		/* KiB, of processes that live or were ours */
	double commits, flushes;
	double messages, connections;
};

/* place is a directory on the file system that is meant; NULL for none. */
void gauge_open(struct gauge *g, const char *group, const char *place,
    const char *tally);
void gauge_read(const struct gauge *g, struct reading *r);

/* Calls each with every process of the group but this one. */
void gauge_processes(const struct gauge *g,
    void (*each)(void *who, long pid), void *who);
/* Of a process in KiB, and its name; 0 when it is gone. */
long gauge_peak(long pid, char name[16]);

void gauge_close(struct gauge *g);

#endif
