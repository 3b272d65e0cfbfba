// SPDX-License-Identifier: ISC
/*
 * fd.c - the few system calls that keep mail, each done whole
 */
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#define CHUNK 65536

int
fd_write_code(int errnum)
{
	switch (errnum) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
	case EAGAIN:
	case EMFILE:
	case ENFILE:
	case ENOMEM:
		return EX_TEMPFAIL;
	default:
		return EX_IOERR;
	}
}

int
fd_write(int fd, struct str bytes, struct err *e)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, fd_write_code(errno), "write");
		bytes = str_skip(bytes, (size_t)n);
	}
	return 0;
}

int
fd_pwrite(int fd, struct str bytes, off_t at, struct err *e)
{
	while (bytes.len > 0) {
		ssize_t n = pwrite(fd, bytes.ptr, bytes.len, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, fd_write_code(errno), "write");
		bytes = str_skip(bytes, (size_t)n);
		at += n;
	}
	return 0;
}

int
fd_sync(int fd, struct err *e)
{
	int rc;

	do
		rc = fsync(fd);
	while (rc < 0 && errno == EINTR);
	return rc < 0 ? err_sys(e, fd_write_code(errno), "fsync") : 0;
}

/* Whatever goes wrong with it, fsync(2) will hear of. */
void
fd_begin_sync(int fd, off_t from, off_t len)
{
	(void)sync_file_range(fd, from, len, SYNC_FILE_RANGE_WRITE);
}

/* Linux has closed the descriptor even where it says EINTR. */
int
fd_close(int *fd, struct err *e)
{
	int was = *fd;

	*fd = -1;
	if (close(was) < 0 && errno != EINTR)
		return err_sys(e, fd_write_code(errno), "close");
	return 0;
}

ssize_t
fd_read(int fd, struct buf *b, size_t max, struct err *e)
{
	char *end = buf_room(b, max);
	ssize_t n;

	do
		n = read(fd, end, max);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_sys(e, EX_IOERR, "read");
	buf_grew(b, (size_t)n);
	return n;
}

ssize_t
fd_pread(int fd, struct buf *b, size_t max, off_t at, struct err *e)
{
	char *end = buf_room(b, max);
	ssize_t n;

	do
		n = pread(fd, end, max, at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_sys(e, EX_IOERR, "read");
	buf_grew(b, (size_t)n);
	return n;
}

int
fd_read_all(int fd, struct buf *b, size_t max, struct err *e)
{
	size_t from = b->len, room;
	ssize_t n;

	do {
		room = b->cap > b->len ? b->cap - b->len - 1 : 0;
		n = fd_read(fd, b, room > 0 ? room : CHUNK, e);
		if (n > 0 && b->len - from > max)
			return err_set(e, EX_DATAERR,
			    "longer than %zu bytes", max);
	} while (n > 0);
	return n < 0 ? -1 : 0;
}
