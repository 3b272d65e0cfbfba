// SPDX-License-Identifier: ISC
/*
 * record.c - what stands in a spool file, before and behind the message
 */
#include "queue/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/fd.h"
#include "queue/field.h"
#include "queue/said.h"

#define SIZE_DIGITS 20
#define SUM_DIGITS 16
#define FIRST_READ 4096		/* holds nearly every record */

void
record_begin(struct buf *head, const struct id *id, int64_t now, uid_t uid)
{
	field_add(head, "spool", STR("1"));
	field_add(head, "size", STR("00000000000000000000"));
	field_add(head, "sum", STR("0000000000000000"));
	field_add(head, "id", str_of(id->text));
	field_addf(head, "time", "%" PRId64, now);
	field_addf(head, "uid", "%lu", (unsigned long)uid);
}

void
record_end_mark(struct buf *out, const struct id *id)
{
	buf_puts(out, "\nend minismtp ");
	buf_puts(out, id->text);
	buf_putc(out, '\n');
}

/* -- the six fields that the drop knows, in their order */

static bool
take_version(struct record *r, struct str value)
{
	(void)r;
	return str_eq(value, STR("1"));
}

/* One way to write a number: so many digits, or no zeros in front (0). */
static bool
number(struct str value, size_t digits, uint64_t *n)
{
	if (digits > 0 ? value.len != digits :
	    value.len > 1 && value.ptr[0] == '0')
		return false;
	return str_eat_number(&value, n) && value.len == 0;
}

static bool
take_size(struct record *r, struct str value)
{
	return number(value, SIZE_DIGITS, &r->size) && r->size <= INT64_MAX / 2;
}

static bool
take_sum(struct record *r, struct str value)
{
	if (value.len != SUM_DIGITS)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (!str_is_digit(c) && !(c >= 'a' && c <= 'f'))
			return false;
		r->sum = r->sum << 4 |
		    (uint64_t)(str_is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return true;
}

static bool
take_id(struct record *r, struct str value)
{
	struct id id;

	buf_set(&r->facts.id, value);
	return id_parse(value, &id);
}

static bool
take_time(struct record *r, struct str value)
{
	uint64_t t;

	if (!number(value, 0, &t) || t > INT64_MAX / 2)
		return false;
	r->facts.time = (int64_t)t;
	return true;
}

static bool
take_uid(struct record *r, struct str value)
{
	uint64_t uid;

	if (!number(value, 0, &uid) || uid >= UINT32_MAX)
		return false;
	r->facts.uid = (uid_t)uid;
	return true;
}

static const struct first {
	const char *name;
	bool (*take)(struct record *r, struct str value);
} firsts[] = {
	{ "spool", take_version },
	{ "size", take_size },
	{ "sum", take_sum },
	{ "id", take_id },
	{ "time", take_time },
	{ "uid", take_uid },
};
#define FIRSTS (sizeof(firsts) / sizeof(firsts[0]))

/* -- the others */

static bool
take_state(struct record *r, char state)
{
	struct rcpt *to = &r->env.rcpt[r->env.count - 1];

	switch (state) {
	case 'T':
		return true;
	case 'D':
		to->state = RCPT_DONE;
		return true;
	case 'R':
		r->mark[r->env.count - 1].told = true;
		to->state = RCPT_FAILED;
		return true;
	case 'F':
		to->state = RCPT_FAILED;
		return true;
	default:
		return false;
	}
}

/* "T a@example.net"; at is where the T stands. */
static int
take_rcpt(struct record *r, struct str value, off_t at, struct err *e)
{
	struct str address = value;
	char state = 0;

	if (!str_eat_byte(&address, &state) || !str_eat(&address, STR(" ")))
		return err_set(e, EX_DATAERR, "field rcpt: no state");
	if (said_take(r, STR("rcpt"), address, e) < 0)
		return -1;
	if (!take_state(r, state))
		return err_set(e, EX_DATAERR, "field rcpt: no such state");
	r->mark[r->env.count - 1].at = at;
	return 0;
}

static int
take_field(struct record *r, size_t n, struct str key, struct str value,
    off_t value_at, struct err *e)
{
	if (n < FIRSTS) {
		const struct first *f = &firsts[n];

		if (!str_eq(key, str_of(f->name)))
			return err_set(e, EX_DATAERR,
			    "field %s: not where it must be", f->name);
		return f->take(r, value) ? 0 : err_set(e, EX_DATAERR,
		    "field %s: no such value", f->name);
	}
	if (str_eq(key, STR("rcpt")))
		return take_rcpt(r, value, value_at, e);
	return said_take(r, key, value, e);
}

int
record_parse(struct record *r, struct str *in, struct err *e)
{
	struct str rest = *in, key, value;
	size_t n = 0;
	int rc;

	while (n <= FIRSTS || !str_eat(&rest, STR("\n"))) {
		rc = field_eat(&rest, FIELD_VALUE_MAX + 2, &key, &value);
		if (rc < 0)
			return err_set(e, EX_DATAERR, "no field at byte %zu",
			    in->len - rest.len);
		if (rc == 0)
			return 0;
		if (take_field(r, n++, key, value, value.ptr - in->ptr, e) < 0)
			return -1;
	}
	if (r->env.count == 0)
		return err_set(e, EX_DATAERR, "no recipient");
	r->body = (off_t)(in->len - rest.len);
	*in = rest;
	return 1;
}

/* Read on until the record is complete; half of one is parsed again. */
static int
read_head(struct record *r, int fd, struct buf *head, struct err *e)
{
	size_t more = FIRST_READ;

	for (;;) {
		ssize_t n = fd_pread(fd, head, more, (off_t)head->len, e);
		struct str in;
		int rc;

		if (n < 0)
			return -1;
		if (n == 0)
			return err_set(e, EX_DATAERR, "torn in its record");
		in = buf_str(head);
		rc = record_parse(r, &in, e);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
		if (head->len >= RECORD_MAX + FIRST_READ)
			return err_set(e, EX_DATAERR,
			    "the record is longer than %d bytes", RECORD_MAX);
		record_free(r);
		more = head->len * 3;
	}
}

static int
torn(const struct record *r, int fd, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_IOERR, "stat");
	return err_set(e, EX_DATAERR, "torn: %lld bytes are missing",
	    (long long)(r->history - st.st_size));
}

/* A short message has been read to its end together with the record. */
static int
read_end(const struct record *r, int fd, const struct buf *head, size_t len,
    struct buf *room, struct str *end, struct err *e)
{
	off_t at = r->history - (off_t)len;

	if (r->history <= (off_t)head->len) {
		*end = str_head(str_skip(buf_str(head), (size_t)at), len);
		return 0;
	}
	if (fd_pread(fd, room, len, at, e) < 0)
		return -1;
	*end = buf_str(room);
	return 0;
}

static int
check_end(struct record *r, int fd, const struct buf *head, struct err *e)
{
	struct buf want = { 0 }, room = { 0 };
	struct str end;
	struct id id;
	int rc = 0;

	id_parse(buf_str(&r->facts.id), &id);
	record_end_mark(&want, &id);
	r->history = r->body + (off_t)r->size + (off_t)want.len;
	if (read_end(r, fd, head, want.len, &room, &end, e) < 0)
		rc = -1;
	else if (end.len < want.len)
		rc = torn(r, fd, e);
	else if (!str_eq(end, buf_str(&want)))
		rc = err_set(e, EX_DATAERR, "no end mark behind the message");
	buf_free(&want);
	buf_free(&room);
	return rc;
}

int
record_read(struct record *r, int fd, struct err *e)
{
	struct buf head = { 0 };
	int rc = read_head(r, fd, &head, e);

	if (rc == 0)
		rc = check_end(r, fd, &head, e);
	if (rc == 0 && (off_t)head.len > r->history)
		buf_add(&r->tail, str_skip(buf_str(&head),
		    (size_t)r->history));
	buf_free(&head);
	return rc;
}

/* The states may have changed since the sum was made: take each as T. */
static int
sum_head(const struct record *r, int fd, struct sum *s, struct err *e)
{
	struct source_file src;
	struct buf head = { 0 };
	struct str piece;
	int rc;

	source_file_init(&src, fd, 0, r->body);
	while ((rc = source_pull(&src.source, &piece, e)) > 0)
		buf_add(&head, piece);
	if (rc == 0) {
		for (size_t i = 0; i < r->env.count; i++)
			head.data[r->mark[i].at] = 'T';
		sum_add(s, str_skip(buf_str(&head), RECORD_SUMMED_FROM));
	}
	source_file_free(&src);
	buf_free(&head);
	return rc;
}

static int
pull_text(struct source *source, struct str *piece, struct err *e)
{
	struct record_text *t = (struct record_text *)source;
	int rc = source_pull(&t->file.source, piece, e);

	if (rc > 0)
		sum_add(&t->sum, *piece);
	if (rc == 0 && sum_end(&t->sum) != t->want)
		return err_set(e, EX_DATAERR,
		    "torn: the sum of its bytes is another one");
	return rc;
}

int
record_text_init(struct record_text *t, const struct record *r, int fd,
    struct err *e)
{
	*t = (struct record_text){ .source.pull = pull_text, .want = r->sum };
	sum_init(&t->sum);
	source_file_init(&t->file, fd, r->body, (off_t)r->size);
	return sum_head(r, fd, &t->sum, e);
}

void
record_text_free(struct record_text *t)
{
	source_file_free(&t->file);
}

int
record_verify(const struct record *r, int fd, struct err *e)
{
	struct record_text t;
	struct str piece;
	int rc = record_text_init(&t, r, fd, e);

	while (rc == 0 && (rc = source_pull(&t.source, &piece, e)) > 0)
		rc = 0;
	record_text_free(&t);
	return rc;
}

void
record_free(struct record *r)
{
	facts_free(&r->facts);
	envelope_free(&r->env);
	free(r->mark);
	buf_free(&r->tail);
	*r = (struct record){ 0 };
}
