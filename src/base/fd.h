// SPDX-License-Identifier: ISC
/*
 * fd.h - the few system calls that keep mail, each done whole
 *
 * They retry EINTR and short writes and say in the err what they were doing;
 * a full disk and a broken one are told apart there (EX_TEMPFAIL, EX_IOERR).
 */
#ifndef MINISMTP_BASE_FD_H
#define MINISMTP_BASE_FD_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

int fd_write(int fd, struct str bytes, struct err *e);
int fd_pwrite(int fd, struct str bytes, off_t at, struct err *e);
int fd_sync(int fd, struct err *e);
/* So that fd_sync() has less to wait for; of itself it promises nothing. */
void fd_begin_sync(int fd, off_t from, off_t len);
int fd_close(int *fd, struct err *e);	/* sets *fd to -1 whatever happens */

/* Appends at most max bytes; returns how many, 0 at the end, or -1. */
ssize_t fd_read(int fd, struct buf *b, size_t max, struct err *e);
/* The same at an offset, without moving the file's own. */
ssize_t fd_pread(int fd, struct buf *b, size_t max, off_t at, struct err *e);
/*
 * Appends all there is; more than max bytes are an error.  It fills the room
 * that b has (buf_room) before it takes more.
 */
int fd_read_all(int fd, struct buf *b, size_t max, struct err *e);

/* The exit code for errno after a failed write: is it the disk or its room? */
int fd_write_code(int errnum);

#endif
