// SPDX-License-Identifier: ISC
/*
 * post.h - what a run and its couriers say to each other
 *
 * The run has the spool and never touches the network; a courier has the
 * network and never touches the spool.  Between them is a socket of packets
 * (SOCK_SEQPACKET), each packet a few fields (queue/field.h), and with a
 * letter goes the open descriptor of its spool file.
 *
 *	run -> courier
 *	  to, lost			direction.h, of the next letter
 *	  letter ID + descriptor	take this to the relay
 *	  (end of stream)		there is nothing more
 *
 *	courier -> run
 *	  trace LINE			a line of the dialogue
 *	  notice LINE			a line for the log
 *	  moved BYTES TOTAL		so much of a text is on its way
 *	  tried NUMBER FATE WORDS	how it went with that relay (line.h)
 *	  up WORDS			the session stands; with whom, and how
 *	  down CODE WORDS		no session is to be had
 *	  again NUMBER WORDS		this relay takes no mail; whoever comes
 *					next may begin with that one
 *	  about ID			the next words are about this letter
 *	  rcpt NUMBER STATE ...		how it went for one recipient (fate.h)
 *	  sent ADDRESS			he who is one of several for a recipient
 *	  settled ID			that was all about this letter
 *	  torn ID WHY			the file is damaged; it was not sent
 */
#ifndef MINISMTP_RELAY_POST_H
#define MINISMTP_RELAY_POST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define POST_MAX (160 * 1024)	/* bytes of a packet */

/* Two ends, close-on-exec. */
int post_pair(int ends[2], struct err *e);

/* Waits until the packet is gone; fd is -1 or goes along. */
int post_send(int sock, struct str packet, int fd, struct err *e);

/*
 * The next packet: 1 with *fd set to -1 or to a descriptor that is ours now,
 * 0 when the other end is gone, -1.  Without "wait" also 2: none is there yet.
 */
int post_recv(int sock, bool wait, struct buf *packet, int *fd,
    struct err *e);

#endif
