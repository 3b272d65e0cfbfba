// SPDX-License-Identifier: ISC
/*
 * progress.c - how far it is, for what takes longer than a second
 */
#include "front/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"

#define PATIENCE_MS 1000	/* what is quicker needs no bar */
#define STEP_MS 200
#define COLUMNS 80
#define BAR_MAX 40
#define BAR_MIN 8

/* "123 MB": three digits at least, as people read them. */
static void
add_size(struct buf *out, double bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	size_t unit = 0;

	while (bytes >= 999.5 && unit < 4) {
		bytes /= 1000;
		unit++;
	}
	buf_printf(out, "%.*f %s", unit > 0 && bytes < 99.5 ? 1 : 0, bytes,
	    units[unit]);
}

static void
add_time(struct buf *out, uint64_t seconds)
{
	if (seconds >= 3600)
		buf_printf(out, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64,
		    seconds / 3600, seconds / 60 % 60, seconds % 60);
	else
		buf_printf(out, "%" PRIu64 ":%02" PRIu64, seconds / 60,
		    seconds % 60);
}

static void
add_bar(struct buf *out, uint64_t percent, size_t width)
{
	size_t full = (size_t)percent * width / 100;

	buf_putc(out, '[');
	for (size_t i = 0; i < width; i++)
		buf_putc(out, i < full ? '=' : i == full ? '>' : ' ');
	buf_puts(out, "] ");
}

void
progress_line(struct buf *out, const struct progress *p, int64_t ms,
    size_t columns)
{
	double rate = ms > 0 ? (double)p->done * 1000 / (double)ms : 0;
	uint64_t done = p->done < p->total ? p->done : p->total, percent;
	struct buf figures = { 0 };

	add_size(&figures, (double)p->done);
	buf_puts(&figures, "  ");
	add_size(&figures, rate);
	buf_puts(&figures, "/s");
	if (p->total > 0 && rate > 0) {
		buf_puts(&figures, "  ");
		add_time(&figures, (uint64_t)((double)(p->total - done) /
		    rate));
		buf_puts(&figures, " left");
	}
	buf_printf(out, "%s ", p->words);
	if (p->total > 0) {
		size_t used = out->len + 8 + figures.len;
		size_t width = columns > used ? columns - used - 1 : 0;

		percent = (uint64_t)((double)done * 100 / (double)p->total);
		buf_printf(out, "%3" PRIu64 "%% ", percent);
		if (width >= BAR_MIN)
			add_bar(out, percent, width < BAR_MAX ? width :
			    BAR_MAX);
	}
	buf_add(out, buf_str(&figures));
	if (out->len > columns)
		buf_cut(out, columns);
	buf_free(&figures);
}

/* -- on the terminal */

/* Whoever cannot read it has lost nothing. */
static void
put(struct str text)
{
	ssize_t n = write(STDERR_FILENO, text.ptr, text.len);

	(void)n;
}

static size_t
columns(void)
{
	struct winsize w = { 0 };

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 ?
	    w.ws_col : COLUMNS;
}

static bool
is_wanted(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) == 1 && term != NULL &&
	    !str_eq(str_of(term), STR("dumb"));
}

void
progress_begin(struct progress *p, const char *words, uint64_t total)
{
	progress_end(p);
	*p = (struct progress){ .words = words, .total = total,
	    .began = clock_ms(), .wanted = is_wanted() };
}

void
progress_set(struct progress *p, uint64_t bytes)
{
	int64_t now;
	struct buf line = { 0 };

	p->done = bytes;
	if (!p->wanted)
		return;
	now = clock_ms();
	if (now - p->began < PATIENCE_MS || now - p->shown < STEP_MS)
		return;
	p->shown = now;
	progress_line(&line, p, now - p->began, columns() - 1);
	buf_puts(&line, "\033[K\r");
	put(buf_str(&line));
	buf_free(&line);
}

void
progress_add(struct progress *p, uint64_t bytes)
{
	progress_set(p, p->done + bytes);
}

void
progress_end(struct progress *p)
{
	if (p->shown > 0)
		put(STR("\033[K"));
	p->shown = 0;
	p->wanted = false;
}
