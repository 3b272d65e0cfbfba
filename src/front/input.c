// SPDX-License-Identifier: ISC
/*
 * input.c - standard input as a source
 */
#include "front/input.h"

#include <errno.h>
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#define CHUNK (256 * 1024)	/* is written to disk in one go */

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
