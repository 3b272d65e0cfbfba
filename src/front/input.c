// SPDX-License-Identifier: ISC
/*
 * input.c - standard input as a source
 */
#include "front/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#define CHUNK (256 * 1024)	/* is written to disk in one go */
#define PIPE (1024 * 1024)	/* what anybody may have */
#define WORTH (64 * 1024)	/* after so many bytes more may come */

/*
 * A large message comes through a larger pipe: caller and front are woken less
 * often, and what is handed on is as large.  If it is no pipe, or may not be
 * so large, nothing is lost.
 */
static void
widen_pipe(struct input *in, size_t n)
{
	if (in->bytes < WORTH && in->bytes + n >= WORTH)
		(void)fcntl(in->fd, F_SETPIPE_SZ, PIPE);
	in->bytes += n;
}

/*
 * A caller may have left the descriptor non-blocking: that there is nothing
 * yet is no error then, and not the end either.
 */
static int
pull(struct source *source, struct str *piece, struct err *e)
{
	struct input *in = (struct input *)source;
	ssize_t n;

	buf_reset(&in->chunk);
	while ((n = read(in->fd, buf_room(&in->chunk, CHUNK), CHUNK)) < 0) {
		struct pollfd p = { .fd = in->fd, .events = POLLIN };

		if (errno == EAGAIN)
			(void)poll(&p, 1, -1);
		else if (errno != EINTR)
			return err_sys(e, EX_IOERR, "standard input");
	}
	buf_grew(&in->chunk, (size_t)n);
	widen_pipe(in, (size_t)n);
	*piece = buf_str(&in->chunk);
	return n > 0 ? 1 : 0;
}

void
input_init(struct input *in, int fd)
{
	*in = (struct input){ .source.pull = pull, .fd = fd };
}

void
input_free(struct input *in)
{
	buf_free(&in->chunk);
}
