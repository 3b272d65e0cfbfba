// SPDX-License-Identifier: ISC
/*
 * conn.h - a stream of bytes to the relay, with a deadline
 *
 * Never blocks but in poll(2), and there no longer than the deadline.  What is
 * below (plain socket, TLS, a script in a test) is a table of functions; TLS
 * replaces the table of a connection that exists (see tls.h).
 */
#ifndef MINISMTP_NET_CONN_H
#define MINISMTP_NET_CONN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct conn;

/*
 * Both functions move what goes through now: the count of bytes, or
 * CONN_AGAIN with c->wants set to POLLIN or POLLOUT (TLS may want the other
 * one), or -1 with err.  recv returns 0 when the other side has closed in an
 * orderly way; under TLS only after its close_notify.
 */
#define CONN_AGAIN (-2)

struct conn_ops {
	ssize_t (*send)(struct conn *c, struct str bytes, struct err *e);
	ssize_t (*recv)(struct conn *c, char *to, size_t max, struct err *e);
	void (*close)(struct conn *c);
};

struct conn {
	int fd;			/* non-blocking, or -1 */
	short wants;		/* after CONN_AGAIN: what to poll for */
	const struct conn_ops *ops;
	void *state;		/* belongs to ops */
	struct buf peer;	/* "mx.example.com[192.0.2.1]:587", for logs */
	bool local;		/* loopback or a unix socket: needs no TLS */
	bool secure;		/* TLS is up and the relay is proved */
};

/* A connected socket becomes a conn; from here on it owns fd. */
void conn_init(struct conn *c, int fd);

/* Sends all of bytes. */
int conn_send(struct conn *c, struct str bytes, int64_t deadline,
    struct err *e);

/*
 * Appends what has come to in, at least one byte: 1, or 0 at the end of the
 * stream, or -1.
 */
int conn_recv(struct conn *c, struct buf *in, int64_t deadline,
    struct err *e);

/*
 * Sends *out as far as it goes and takes in what comes meanwhile, so that two
 * full buffers never wait for each other.  Returns 1 when *out has become
 * empty, 0 at the end of the other side's stream, -1.  A relay that talks
 * without end while it should listen is an error.
 */
#define CONN_AHEAD_MAX (1024 * 1024)

int conn_exchange(struct conn *c, struct str *out, struct buf *in,
    int64_t deadline, struct err *e);

/*
 * Our own end as an address literal, "[192.0.2.1]" or "[IPv6:2001:db8::1]":
 * what a host without a name says in EHLO (RFC 5321, 4.1.3).
 */
void conn_literal(const struct conn *c, struct buf *out);

/* Gives up the socket and frees peer; c may be closed again. */
void conn_close(struct conn *c);

#endif
