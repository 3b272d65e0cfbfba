// SPDX-License-Identifier: ISC
/*
 * bundle.c - a file of certificates in armour, looked through by pieces
 */
#include "net/bundle.h"

#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "net/cert.h"

#define FIRST 4096		/* that there is one shows in few bytes */
#define PIECE 32768

int
bundle_open(struct bundle *b, int fd, struct err *e)
{
	struct stat st;

	*b = (struct bundle){ .is_open = true, .fd = fd };
	if (fstat(fd, &st) < 0)
		return err_sys(e, EX_OSERR, "fstat");
	if (st.st_size > BUNDLE_MAX)
		return err_set(e, EX_CONFIG, "longer than %d bytes",
		    BUNDLE_MAX);
	b->size = st.st_size;
	b->changed = st.st_mtim;
	return 0;
}

/*
 * A file that was written to meanwhile has lost certificates or got some; one
 * that another has taken the place of is still here, as it was.
 */
static int
check_age(const struct bundle *b, struct err *e)
{
	struct stat st;

	if (fstat(b->fd, &st) < 0)
		return err_sys(e, EX_OSERR, "fstat");
	if (b->at != b->size || st.st_size != b->size ||
	    st.st_mtim.tv_sec != b->changed.tv_sec ||
	    st.st_mtim.tv_nsec != b->changed.tv_nsec)
		return err_set(e, EX_OSERR, "it was changed after it had been "
		    "opened");
	return 0;
}

/*
 * Of what there is only the end is kept, a certificate that is cut.  Where
 * that is much, a file without any, it is no use to look at it all again for
 * each little piece.
 */
static int
read_more(struct bundle *b, struct err *e)
{
	size_t want = b->at == 0 ? FIRST : PIECE;
	ssize_t n;

	buf_shift(&b->piece, b->used);
	b->used = 0;
	if (b->piece.len < want / 2)
		want -= b->piece.len;
	else if (b->piece.len > want)
		want = b->piece.len;
	n = fd_pread(b->fd, &b->piece, want, b->at, e);
	if (n < 0)
		e->code = EX_OSERR;	/* no fault of the relay's */
	if (n > 0)
		b->at += n;
	return (int)n;
}

int
bundle_next(struct bundle *b, struct str *body, struct err *e)
{
	struct str in;
	int n;

	for (;;) {
		in = str_skip(buf_str(&b->piece), b->used);
		if (cert_find(&in, body)) {
			b->used = b->piece.len - in.len;
			return 1;
		}
		n = read_more(b, e);
		if (n < 0)
			return -1;
		if (n == 0 || b->at > b->size)
			return check_age(b, e);
	}
}

void
bundle_rewind(struct bundle *b)
{
	buf_reset(&b->piece);
	b->used = 0;
	b->at = 0;
}

void
bundle_close(struct bundle *b)
{
	if (b->is_open)
		(void)close(b->fd);
	buf_free(&b->piece);
	*b = (struct bundle){ 0 };
}
