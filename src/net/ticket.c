// SPDX-License-Identifier: ISC
/*
 * ticket.c - what lets the next process go on with a TLS session
 *
 *	"minismtp tls 1\n"  bytes of the session (4)  made (8)  until (8)
 *	stamp (32)  the session  SHA-256 over all that (32)
 */
#include "net/ticket.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "net/gnutls.h"

#define MAGIC STR("minismtp tls 1\n")
#define HEAD (15 + 4 + 8 + 8 + TICKET_STAMP)
#define DIGEST 32
#define SESSION_MAX 65536
#define LIFE 86400	/* seconds; longer no revoked relay is ours */

static void
put(struct buf *b, uint64_t n, unsigned bytes)
{
	while (bytes-- > 0)
		buf_putc(b, (char)(n >> 8 * bytes));
}

static uint64_t
get(struct str *in, unsigned bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0) {
		n = n << 8 | (unsigned char)in->ptr[0];
		*in = str_skip(*in, 1);
	}
	return n;
}

static bool
digest(struct str bytes, unsigned char out[DIGEST])
{
	return gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes.ptr, bytes.len,
	    out) == 0;
}

/* The session in all, or false. */
static bool
unpack(struct ticket *t, struct str all, struct str *session)
{
	unsigned char sum[DIGEST];
	struct str in = all;
	int64_t now = clock_now(), made;
	uint64_t len;

	if (all.len < HEAD + DIGEST || !str_eat(&in, MAGIC))
		return false;
	len = get(&in, 4);
	made = (int64_t)get(&in, 8);
	t->until = (int64_t)get(&in, 8);
	if (len == 0 || len > all.len - HEAD - DIGEST ||
	    !digest(str_head(all, HEAD + len), sum) ||
	    memcmp(all.ptr + HEAD + len, sum, DIGEST) != 0)
		return false;
	if (memcmp(in.ptr, t->stamp, TICKET_STAMP) != 0 || now < made ||
	    now > t->until)
		return false;
	*session = str_head(str_skip(all, HEAD), len);
	return true;
}

/* Whoever could write it could be the relay; whoever reads it, us. */
static bool
is_ours_alone(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_uid == geteuid() &&
	    (st->st_mode & 077) == 0 && st->st_nlink == 1 &&
	    st->st_size <= HEAD + SESSION_MAX + DIGEST;
}

void
ticket_open(struct ticket *t, int dir, const char *name,
    const unsigned char stamp[TICKET_STAMP])
{
	struct buf all = { 0 };
	struct err e = { 0 };
	struct str session;
	struct stat st;

	memcpy(t->stamp, stamp, TICKET_STAMP);
	t->fd = openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
	    O_CLOEXEC, 0600);
	if (t->fd < 0)
		return;
	if (fstat(t->fd, &st) < 0 || !is_ours_alone(&st)) {
		(void)close(t->fd);
		t->fd = -1;
		return;
	}
	/* In one piece or torn: and no room but that, it will be wiped. */
	if (fd_pread(t->fd, &all, (size_t)st.st_size, 0, &e) > 0 &&
	    unpack(t, buf_str(&all), &session))
		buf_set(&t->session, session);
	buf_wipe(&all);
	err_clear(&e);
}

void
ticket_keep(struct ticket *t, struct str session, int64_t until)
{
	unsigned char sum[DIGEST];
	struct buf all = { 0 };
	struct err e = { 0 };
	int64_t now = clock_now();

	if (t->fd < 0 || session.len == 0 || session.len > SESSION_MAX ||
	    until <= now)
		return;
	if (until > now + LIFE)
		until = now + LIFE;
	buf_add(&all, MAGIC);
	put(&all, session.len, 4);
	put(&all, (uint64_t)now, 8);
	put(&all, (uint64_t)until, 8);
	buf_add(&all, (struct str){ (char *)t->stamp, TICKET_STAMP });
	buf_add(&all, session);
	if (digest(buf_str(&all), sum)) {
		buf_add(&all, (struct str){ (char *)sum, DIGEST });
		/* If this fails, the next handshake is a full one. */
		(void)fd_pwrite(t->fd, buf_str(&all), 0, &e);
	}
	buf_wipe(&all);
	err_clear(&e);
}

void
ticket_free(struct ticket *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
	buf_wipe(&t->session);
}
