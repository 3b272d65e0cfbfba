// SPDX-License-Identifier: ISC
/*
 * attach.c - a file that becomes a part of a message
 */
#include "front/attach.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/scratch.h"
#include "base/vis.h"
#include "message/sniff.h"

#define CHUNK (128 * 1024)

/* -- reading it */

static int
fail(const struct attach *a, struct err *e, const char *why)
{
	return err_set(e, EX_DATAERR, "%s: %s", buf_cstr(&a->path), why);
}

/* The end must be the end of what was looked through. */
static int
check_end(const struct attach *a, struct err *e)
{
	struct stat st;

	if (a->at != a->survey.bytes)
		return fail(a, e, a->at < a->survey.bytes ?
		    "it has become shorter while it was read" :
		    "it has grown while it was read");
	if (fstat(a->fd, &st) == 0 &&
	    (st.st_mtim.tv_sec != a->changed.tv_sec ||
	    st.st_mtim.tv_nsec != a->changed.tv_nsec))
		return fail(a, e, "it was changed while it was read");
	return 0;
}

static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct attach *a = (struct attach *)source;
	ssize_t n;

	if (a->fd == 0) {
		*piece = str_skip(buf_str(&a->text), a->at);
		a->at = a->text.len;
		return piece->len > 0 ? 1 : 0;
	}
	buf_reset(&a->chunk);
	n = fd_pread(a->fd, &a->chunk, CHUNK, (off_t)a->at, e);
	if (n < 0)
		return err_wrap(e, "%s", buf_cstr(&a->path));
	a->at += (size_t)n;
	if (n == 0 || a->at > a->survey.bytes)
		return check_end(a, e);
	if (a->progress != NULL)
		progress_add(a->progress, (uint64_t)n);
	*piece = buf_str(&a->chunk);
	return 1;
}

/* -- opening it */

static int
look_through(struct attach *a, struct err *e)
{
	struct stat st;
	ssize_t n;

	if (fstat(a->fd, &st) < 0)
		return err_sys(e, EX_NOINPUT, "%s", buf_cstr(&a->path));
	a->changed = st.st_mtim;
	if (a->progress != NULL)
		progress_begin(a->progress, "reading", (uint64_t)st.st_size);
	for (off_t at = 0;; at += n) {
		buf_reset(&a->chunk);
		n = fd_pread(a->fd, &a->chunk, CHUNK, at, e);
		if (n <= 0)
			break;
		survey_add(&a->survey, buf_str(&a->chunk));
		if (a->progress != NULL)
			progress_add(a->progress, (uint64_t)n);
	}
	if (a->progress != NULL)
		progress_end(a->progress);
	survey_end(&a->survey);
	return n < 0 ? err_wrap(e, "%s", buf_cstr(&a->path)) : 0;
}

/* A descriptor that somebody left non-blocking is not at its end. */
static ssize_t
read_some(int fd, struct buf *chunk, struct err *e)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	(void)poll(&p, 1, -1);
	buf_reset(chunk);
	return fd_read(fd, chunk, CHUNK, e);
}

/* What comes only once is kept in a file without a name. */
static int
copy(struct attach *a, int from, struct err *e)
{
	ssize_t n = -1;

	a->fd = scratch_open(e);
	if (a->fd < 0) {
		a->fd = 0;
		return -1;
	}
	if (a->progress != NULL)
		progress_begin(a->progress, "reading", 0);
	while ((n = read_some(from, &a->chunk, e)) > 0) {
		if (fd_write(a->fd, buf_str(&a->chunk), e) < 0) {
			n = -1;
			break;
		}
		if (a->progress != NULL)
			progress_add(a->progress, (uint64_t)n);
	}
	if (a->progress != NULL)
		progress_end(a->progress);
	return n < 0 ? err_wrap(e, "%s", buf_cstr(&a->path)) : 0;
}

static int
take(struct attach *a, int fd, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_NOINPUT, "%s", buf_cstr(&a->path));
	if (S_ISDIR(st.st_mode))
		return err_set(e, EX_NOINPUT, "%s: Is a directory",
		    buf_cstr(&a->path));
	if (S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0) {
		a->fd = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		if (a->fd < 0) {
			a->fd = 0;
			return err_sys(e, EX_OSERR, "%s", buf_cstr(&a->path));
		}
		return 0;
	}
	return copy(a, fd, e);
}

static struct str
base_name(struct str path)
{
	struct str dir, name = path;

	(void)str_cut_last(path, '/', &dir, &name);
	return name;
}

int
attach_open(struct attach *a, struct str path, struct err *e)
{
	bool standard = str_eq(path, STR("-"));
	struct buf name = { 0 };
	int fd = STDIN_FILENO, rc;

	buf_add(&name, path);
	a->source.pull = pull;
	a->part.from = &a->source;
	if (standard)
		buf_puts(&a->path, "standard input");
	else
		vis_add(&a->path, path);
	if (!standard)
		fd = open(buf_cstr(&name), O_RDONLY | O_CLOEXEC | O_NOCTTY);
	buf_free(&name);
	if (fd < 0)
		return err_sys(e, EX_NOINPUT, "%s", buf_cstr(&a->path));
	if (!standard)
		buf_add(&a->part.name, base_name(path));
	rc = take(a, fd, e);
	if (!standard)
		close(fd);
	return rc == 0 ? look_through(a, e) : -1;
}

void
attach_text(struct attach *a, struct str text)
{
	buf_set(&a->text, text);
	a->source.pull = pull;
	a->part.from = &a->source;
	if (a->path.len == 0)
		buf_puts(&a->path, "the message");
	survey_free(&a->survey);
	survey_add(&a->survey, text);
	survey_end(&a->survey);
}

/* -- what it is */

void
attach_file(struct attach *a, struct magic *magic, struct str charset)
{
	struct str said = magic_type(magic, buf_str(&a->survey.head));

	part_judge(&a->part, &a->survey, sniff(&a->survey,
	    buf_str(&a->part.name), said), charset);
}

static int
check_charset(const struct attach *a, struct str said, struct err *e)
{
	const struct body_facts *f = &a->survey.facts;

	if (str_ieq(said, STR("us-ascii")) && f->eight_bit)
		return fail(a, e, "it is not all us-ascii, as --charset says");
	if ((str_ieq(said, STR("utf-8")) || str_ieq(said, STR("utf8"))) &&
	    !f->utf8)
		return fail(a, e, "it is no utf-8, as --charset says");
	return 0;
}

int
attach_body(struct attach *a, const char *type, struct str said,
    struct str charset, struct err *e)
{
	if (!survey_is_text(&a->survey))
		return fail(a, e, "it is no text; say --attach for a file");
	if (check_charset(a, said, e) < 0)
		return -1;
	buf_reset(&a->part.name);
	part_judge(&a->part, &a->survey, str_of(type), charset);
	if (said.len > 0)
		buf_set(&a->part.charset, said);
	return 0;
}

int
attach_read(struct attach *a, struct buf *out, size_t max, struct err *e)
{
	struct str piece;
	int rc;

	if (a->survey.bytes > max)
		return fail(a, e, "it is too large for that");
	while ((rc = source_pull(&a->source, &piece, e)) > 0)
		buf_add(out, piece);
	return rc;
}

void
attach_free(struct attach *a)
{
	if (a->fd > 0)
		close(a->fd);
	buf_free(&a->path);
	part_free(&a->part);
	survey_free(&a->survey);
	buf_free(&a->text);
	buf_free(&a->chunk);
	*a = (struct attach){ 0 };
}
