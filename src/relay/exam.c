// SPDX-License-Identifier: ISC
/*
 * exam.c - what the checks of an examination have in common
 */
#include "relay/exam.h"

#include <errno.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/table.h"
#include "guard/ids.h"
#include "relay/post.h"

void
exam_tell(struct exam *x, const struct finding *f)
{
	struct buf packet = { 0 };
	struct err e = { 0 };

	finding_pack(&packet, f);
	/* Who prints is gone: nobody wants to know any more. */
	if (post_send(x->sock, buf_str(&packet), -1, &e) < 0)
		_exit(EX_IOERR);
	buf_free(&packet);
}

static bool
applies(const struct exam *x, const struct exam_row *row)
{
	const struct question *q = x->question;

	if ((row->where & ONLINE) != 0 && q->offline)
		return false;
	return (row->where & (q->personal ? PERSONAL : SYSTEM)) != 0;
}

void
exam_go(struct exam *x, const struct exam_table *t)
{
	if (t->group != NULL)
		x->group = t->group;
	for (size_t i = 0; i < t->count; i++) {
		struct finding f = { 0 };

		if (applies(x, &t->row[i]))
			t->row[i].check(x, &f);
		buf_puts(&f.check, t->row[i].name);
		buf_puts(&f.group, x->group);
		if (f.words.len > 0)
			exam_tell(x, &f);
		finding_free(&f);
	}
}

int
exam_fork(struct exam *x, void (*work)(struct exam *x))
{
	pid_t pid = fork();
	int status = 0;

	if (pid < 0)
		return -1;
	if (pid == 0) {
		work(x);
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

int
exam_become(const struct exam *x, struct err *e)
{
	if (x->question->personal || geteuid() != 0 || x->uid == (uid_t)-1)
		return 0;
	return ids_become(x->uid, x->gid, e);
}

/* -- words */

static const struct unit {
	int64_t from, size;
	const char *one, *many;
} spans[] = {
	{ 2 * 86400, 86400, "day", "days" },
	{ 2 * 3600, 3600, "h", "h" },
	{ 120, 60, "min", "min" },
	{ 0, 1, "s", "s" },
};

void
exam_add_span(struct buf *out, int64_t seconds)
{
	size_t i = 0;
	int64_t n;

	if (seconds < 0)
		seconds = 0;
	while (seconds < spans[i].from)
		i++;
	n = seconds / spans[i].size;
	buf_printf(out, "%lld %s", (long long)n,
	    n == 1 ? spans[i].one : spans[i].many);
}

void
exam_add_bytes(struct buf *out, uint64_t bytes)
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
	size_t i = 0;

	while (bytes >= 10240 && i + 1 < TABLE_COUNT(units)) {
		bytes /= 1024;
		i++;
	}
	buf_printf(out, "%llu %s", (unsigned long long)bytes, units[i]);
}

void
exam_program(struct buf *out, const char *dir, const char *name)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));
	struct str head, tail;

	buf_reset(out);
	if (n > 0 && n < (ssize_t)sizeof(self) && str_cut_last(
	    (struct str){ self, (size_t)n }, '/', &head, &tail)) {
		buf_printf(out, "%.*s/%s", STR_ARGS(head), name);
		if (access(buf_cstr(out), F_OK) == 0)
			return;
		buf_reset(out);
	}
	buf_printf(out, "%s/%s", dir, name);
}

const char *
exam_flush(const struct exam *x)
{
	return x->question->personal ? "sendmail -q" :
	    SBINDIR "/minismtp-relay --flush";
}
