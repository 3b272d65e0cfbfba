// SPDX-License-Identifier: ISC
/*
 * gauge.c - what the system knows of a command and of those that work for it
 */
#include "gauge.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../scripted/record.h"

static FILE *open_text(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

static FILE *
open_text(const char *fmt, ...)
{
	char path[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	return fopen(path, "r");
}

/* The number behind a word. */
static double
number(FILE *f, const char *word)
{
	char line[512];
	double n = GAUGE_UNKNOWN;

	if (f == NULL)
		return n;
	while (n < 0 && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, word, strlen(word)) == 0)
			n = strtod(line + strlen(word), NULL);
	(void)fclose(f);
	return n;
}

/* -- where it stands */

static char *
make_path(const char *fmt, const char *name)
{
	char path[512];

	(void)snprintf(path, sizeof(path), fmt, name);
	return access(path, R_OK) == 0 ? strdup(path) : NULL;
}

static void
find_disk(struct gauge *g, const char *place)
{
	char device[64], line[128];
	struct stat st;
	FILE *f;

	if (place == NULL || stat(place, &st) < 0)
		return;
	(void)snprintf(device, sizeof(device), "%u:%u", major(st.st_dev),
	    minor(st.st_dev));
	g->disk = make_path("/sys/dev/block/%s/stat", device);
	f = open_text("/sys/dev/block/%s/uevent", device);
	if (f == NULL)
		return;
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "DEVNAME=", 8) == 0) {
			line[strcspn(line, "\n")] = '\0';
			g->journal = make_path("/proc/fs/jbd2/%s-8/info",
			    line + 8);
		}
	(void)fclose(f);
}

void
gauge_open(struct gauge *g, const char *group, const char *place,
    const char *tally)
{
	void *map;
	int fd;

	*g = (struct gauge){ .group = group };
	find_disk(g, place);
	fd = tally != NULL ? open(tally, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return;
	map = mmap(NULL, sizeof(struct tally), PROT_READ, MAP_SHARED, fd, 0);
	g->tally = map != MAP_FAILED ? map : NULL;
	(void)close(fd);
}

void
gauge_close(struct gauge *g)
{
	free(g->journal);
	free(g->disk);
	if (g->tally != NULL)
		(void)munmap(g->tally, sizeof(struct tally));
	*g = (struct gauge){ 0 };
}

/* -- what it says */

static double
milliseconds(int who)
{
	struct rusage u;

	(void)getrusage(who, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

static double
cpu(const struct gauge *g)
{
	double all;

	if (g->group == NULL)
		return milliseconds(RUSAGE_CHILDREN);
	all = number(open_text("%s/cpu.stat", g->group), "usage_usec ");
	return all < 0 ? GAUGE_UNKNOWN : all / 1e3 - milliseconds(RUSAGE_SELF);
}

/* Field 16 of the device's statistics, where the kernel is new enough. */
static double
flushes(const struct gauge *g)
{
	FILE *f = g->disk != NULL ? fopen(g->disk, "r") : NULL;
	double n = -1;
	bool there = f != NULL;

	for (int i = 0; there && i < 16; i++)
		there = fscanf(f, "%lf", &n) == 1;
	if (f != NULL)
		(void)fclose(f);
	return there ? n : GAUGE_UNKNOWN;
}

/* Whoever waits for a process inherits what it has written. */
static void
add_written(void *who, long pid)
{
	double n = number(open_text("/proc/%ld/io", pid), "write_bytes: ");
	double *sum = who;

	if (n > 0)
		*sum += n / 1024;
}

void
gauge_processes(const struct gauge *g, void (*each)(void *who, long pid),
    void *who)
{
	FILE *f = g->group != NULL ? open_text("%s/cgroup.procs", g->group) :
	    NULL;
	long pid;

	if (f == NULL)
		return;
	while (fscanf(f, "%ld", &pid) == 1)
		if (pid != (long)getpid())
			each(who, pid);
	(void)fclose(f);
}

long
gauge_peak(long pid, char name[16])
{
	FILE *f = open_text("/proc/%ld/comm", pid);
	double n;

	name[0] = '\0';
	if (f != NULL) {
		if (fscanf(f, "%15s", name) != 1)
			name[0] = '\0';
		(void)fclose(f);
	}
	n = number(open_text("/proc/%ld/status", pid), "VmHWM:");
	return n > 0 ? (long)n : 0;
}

void
gauge_read(const struct gauge *g, struct reading *r)
{
	r->written = 0;
	add_written(&r->written, (long)getpid());
	gauge_processes(g, add_written, &r->written);
	r->commits = g->journal == NULL ? GAUGE_UNKNOWN :
	    number(fopen(g->journal, "r"), "");
	r->flushes = flushes(g);
	r->messages = g->tally == NULL ? GAUGE_UNKNOWN :
	    (double)atomic_load(&g->tally->messages);
	r->connections = g->tally == NULL ? GAUGE_UNKNOWN :
	    (double)atomic_load(&g->tally->connections);
	r->cpu = cpu(g);
}
