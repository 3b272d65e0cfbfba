// SPDX-License-Identifier: ISC
/*
 * peer.h - the other side of a TLS connection, for tests
 *
 * A thread that is the relay: shakes hands, echoes one line, and goes.
 */
#ifndef MINISMTP_TESTS_PEER_H
#define MINISMTP_TESTS_PEER_H

#include <pthread.h>
#include <stdbool.h>

#include "certs.h"
#include "net/conn.h"

struct peer {
	/* before the start */
	const struct cert *leaf;
	const struct cert *chain[6];	/* what is shown, leaf first */
	size_t chain_count;
	const char *priority;		/* "NORMAL" */
	bool rude;			/* closes without close_notify */
	bool silent;			/* never answers the hello */
	bool garbled;			/* answers in plain text */
	bool wants_cert;
	gnutls_datum_t ticket_key;	/* for resumption */
	/* after the end */
	int rc;				/* of its handshake */
	bool resumed;
	char sni[100], alpn[20];
	bool got_cert;
	/* inside */
	int fd;
	pthread_t thread;
};

/* Starts it and makes c the near end; c has the plain table of a socket. */
void peer_start(struct peer *p, struct conn *c);
void peer_end(struct peer *p, struct conn *c);

#endif
